// The boards as pages, and each as a CSV made from the same charts.
import { type Context, Hono } from 'hono';
import { BoardPage } from '../../../views/kitchen/board/board-page.tsx';
import { ownerCharts } from '../../../views/kitchen/board/owner-charts.ts';
import { reviewerCharts } from '../../../views/kitchen/board/reviewer-charts.ts';
import { supervisorCharts } from '../../../views/kitchen/board/supervisor-charts.ts';
import type { Chart } from '../../../views/parts/chart/chart.ts';
import { chartSheet } from '../../../views/parts/chart/chart-table.ts';
import { formatMoment } from '../../../views/parts/time.ts';
import { localName } from '../../../views/text/texts.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { csv, here, page } from '../../http/respond.tsx';
import { ownRestaurants } from '../restaurant/restaurant-store.ts';
import { ownerFigures, reviewerFigures, scoreDays } from './board-data.ts';
import { supervisorFigures } from './supervisor-data.ts';
import { boardDays, boardWeeks } from './supervisor-store.ts';

type Board = {
  readonly title: string;
  readonly lead: string;
  readonly links: readonly { readonly href: string; readonly label: string }[];
  readonly charts: readonly Chart[];
};
type BoardOf = (c: Context<Env>) => Board;

export function boardRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const boards: Readonly<Record<string, BoardOf>> = {
    '/review/board': (c) => reviewerBoard(c, deps),
    '/kitchens/board': (c) => supervisorBoard(c, deps),
    '/my/board': (c) => ownerBoard(c, deps),
  };
  for (const [path, boardOf] of Object.entries(boards)) {
    app.get(path, (c) => {
      const asked = { words: c.get('words'), here: here(c), viewer: c.get('viewer') };
      return page(c, <BoardPage {...asked} {...boardOf(c)} csvHref={`${path}.csv${new URL(c.req.url).search}`} />);
    });
    app.get(`${path}.csv`, (c) => csv(c, path.slice(1).replace('/', '-'), chartSheet(boardOf(c).charts)));
  }
  return app;
}

function reviewerBoard(c: Context<Env>, deps: Deps): Board {
  const words = c.get('words');
  return {
    title: words.board.reviewerTitle,
    lead: words.board.reviewerLead(boardDays),
    links: [
      { href: '/review/pace', label: words.common.nav.pace },
      { href: '/review/quality', label: words.quality.title },
    ],
    charts: reviewerCharts(words, reviewerFigures(deps, signedInCaller(c), c.get('lang'))),
  };
}

function supervisorBoard(c: Context<Env>, deps: Deps): Board {
  const words = c.get('words');
  const { keptAt, ...figures } = supervisorFigures(deps, signedInCaller(c), c.get('lang'));
  const lead = words.board.supervisorLead(boardDays, boardWeeks);
  return {
    title: words.board.supervisorTitle,
    lead: keptAt === undefined ? lead : lead + words.board.keptAt(formatMoment(keptAt, words.lang)),
    links: [
      { href: '/review/quality', label: words.quality.title },
      { href: '/orders/raised', label: words.common.nav.raised },
    ],
    charts: supervisorCharts(words, figures),
  };
}

/** `?site=` names one of several shops; another's is not there. */
function ownerBoard(c: Context<Env>, deps: Deps): Board {
  const [words, lang] = [c.get('words'), c.get('lang')];
  const caller = signedInCaller(c);
  const all = ownRestaurants(deps.db, caller);
  const asked = c.req.query('site');
  const restaurant = asked === undefined ? all[0] : all.find(({ siteId }) => siteId === asked);
  if (restaurant === undefined) throw new Problem('not_found');
  const others = all.filter(({ id }) => id !== restaurant.id);
  return {
    title: `${words.board.ownerTitle} · ${localName(lang, restaurant)}`,
    lead: words.board.ownerLead(scoreDays, boardWeeks),
    links: others.map((other) => ({
      href: `/my/board?site=${encodeURIComponent(other.siteId)}`,
      label: localName(lang, other),
    })),
    charts: ownerCharts(words, ownerFigures(deps, caller, restaurant, lang)),
  };
}
