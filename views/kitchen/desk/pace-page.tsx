// How fast and how well reviewing goes: one's own pace, the house's load, what was missed.
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { secondsText } from '../clock.ts';
import { type Pace, PaceCard } from './pace-card.tsx';

export type PaceView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly own: Pace;
  readonly waiting: number;
  readonly house: {
    readonly days: number;
    readonly decisions: number;
    readonly medianMs: number | undefined;
    readonly idle: number;
    readonly unseen: number;
    readonly frames: { readonly sampled: number; readonly flagged: number; readonly audited: number };
    readonly secondsPerThousand: number | undefined;
    readonly kappa: number | undefined;
    readonly pairs: number;
  };
};

export function PacePage(view: PaceView) {
  const { words, here, viewer, own } = view;
  const { kitchen } = words;
  return (
    <Page words={words} title={words.common.nav.pace} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{words.common.nav.pace}</h1>
        <p class="soft">{kitchen.paceLead}</p>
      </header>
      <div class="cols">
        <House {...view} />
        <section class="card">
          <PaceCard words={words} pace={own} waiting={view.waiting} />
        </section>
      </div>
      <p class="row">
        <a class="btn" href="/review/board">
          {words.board.reviewerTitle}
        </a>
        <a class="btn" href="/review/quality">
          {words.quality.title}
        </a>
      </p>
    </Page>
  );
}

function House({ words, house, own }: PaceView) {
  const { kitchen } = words;
  const publishedPerThousand = own.publishedSeconds * 1000;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{kitchen.houseTitle}</h2>
        <span class="small faint">{kitchen.lastDays(house.days)}</span>
      </div>
      <dl class="tiles">
        <Tile
          label={kitchen.perDecision}
          value={house.medianMs === undefined ? '—' : secondsText(house.medianMs)}
          unit={kitchen.medianSeconds}
        />
        <Tile
          label={kitchen.perThousand}
          value={house.secondsPerThousand === undefined ? '—' : formatNumber(house.secondsPerThousand, 0)}
          unit={kitchen.secondsUnit}
          note={kitchen.perThousandUnit(publishedPerThousand)}
        />
        <Tile
          label={kitchen.decisionsMade}
          value={String(house.decisions)}
          note={kitchen.ofThemIdle(house.idle, house.unseen)}
        />
        <Tile
          label={kitchen.agreement}
          value={house.kappa === undefined ? '—' : house.kappa.toFixed(2)}
          note={kitchen.pairsJudged(house.pairs)}
        />
        <Tile
          label={kitchen.framesLooked}
          value={String(house.frames.sampled)}
          note={kitchen.flaggedAudited(house.frames.flagged, house.frames.audited)}
        />
      </dl>
      <p class="small soft">{kitchen.perThousandHow}</p>
    </section>
  );
}

function Tile({ label, value, unit, note }: { label: string; value: string; unit?: string; note?: string }) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        {value} {unit === undefined ? null : <small>{unit}</small>}
        {note === undefined ? null : <span class="note-line">{note}</span>}
      </dd>
    </div>
  );
}
