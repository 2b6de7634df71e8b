// The district board, the rows behind its numbers, its CSV, and the door of each role.
import { type Context, Hono } from 'hono';
import { BoardRowsPage } from '../../../views/oversight/board/board-rows-page.tsx';
import { DistrictBoardPage } from '../../../views/oversight/board/district-board-page.tsx';
import { TodayPage } from '../../../views/oversight/board/today-page.tsx';
import { chartSheet } from '../../../views/parts/chart/chart-table.ts';
import { localName } from '../../../views/text/texts.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { csv, here, page } from '../../http/respond.tsx';
import { boardFigures } from './board-data.ts';
import { boardCharts, figureCharts, shownFigures, shownMarks } from './board-view.ts';
import { boardRows, rowKinds } from './district-board-store.ts';
import { boardPath, tilesOf } from './tiles.ts';

const mostRows = 500;

export function districtBoardRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get(boardPath, (c) => board(c, deps));
  app.get('/board.csv', (c) => sheet(c, deps));
  app.get('/board/rows/:kind', (c) => rows(c, deps));
  app.get('/today', (c) => today(c));
  return app;
}

function board(c: Context<Env>, { db, clock, config }: Deps): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  const { figures, history, keptAt } = boardFigures(db, caller, clock());
  const { district } = caller;
  return page(
    c,
    <DistrictBoardPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      title={
        district === undefined
          ? words.districtBoard.title
          : words.districtBoard.ofDistrict(localName(words.lang, district))
      }
      figures={shownFigures(words, figures)}
      marks={shownMarks(db, words, history.marks)}
      counts={history.counts}
      tiles={tilesOf(config)}
      charts={boardCharts(words, history.tiers)}
      keptAt={keptAt}
    />,
  );
}

function sheet(c: Context<Env>, { db, clock }: Deps): Response {
  const words = c.get('words');
  const { figures, history } = boardFigures(db, signedInCaller(c), clock());
  return csv(c, 'board', chartSheet([...figureCharts(words, figures), ...boardCharts(words, history.tiers)]));
}

function rows(c: Context<Env>, { db, clock }: Deps): Promise<Response> {
  const kind = rowKinds.find((each) => each === c.req.param('kind'));
  if (kind === undefined) throw new Problem('not_found');
  const words = c.get('words');
  const found = boardRows(db, signedInCaller(c), kind, { now: clock(), limit: mostRows + 1 });
  return page(
    c,
    <BoardRowsPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      title={words.districtBoard[kind]}
      rows={found.slice(0, mostRows)}
      cut={found.length > mostRows ? 'cut' : 'whole'}
    />,
  );
}

function today(c: Context<Env>): Promise<Response> {
  const viewer = c.get('viewer');
  const links = viewer?.links ?? [];
  const waits = (count: number | undefined) => count !== undefined && count > 0;
  const waiting = links.filter(({ count }) => waits(count)).sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  const others = links.filter(({ href, count }) => !waits(count) && href !== '/today');
  return page(c, <TodayPage words={c.get('words')} here="/today" viewer={viewer} waiting={waiting} others={others} />);
}
