// How fast and how well reviewing goes: one's own pace, the house's load, what was missed.
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { secondsText } from '../clock.ts';
import { type Pace, PaceCard } from './pace-card.tsx';

type ShareView = { readonly share: number; readonly low: number; readonly high: number; readonly of: number };

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
    readonly misses: readonly {
      readonly violation: string;
      readonly name: string;
      readonly missed: number;
      readonly asked: number;
      readonly rate: ShareView | undefined;
    }[];
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
      <MissTable {...view} />
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

function MissTable({ words, house }: PaceView) {
  const { kitchen } = words;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{kitchen.missTitle}</h2>
        <span class="small soft">{kitchen.missLead}</span>
      </div>
      {house.misses.length === 0 ? (
        <p class="soft">{kitchen.noAudits}</p>
      ) : (
        <table class="cards">
          <caption class="hide">{kitchen.missTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{kitchen.violation}</th>
              <th scope="col" class="right">
                {kitchen.audited}
              </th>
              <th scope="col" class="right">
                {kitchen.missedCount}
              </th>
              <th scope="col" class="right">
                {kitchen.missRate}
              </th>
            </tr>
          </thead>
          <tbody>
            {house.misses.map((miss) => (
              <tr>
                <th scope="row">{miss.name}</th>
                <td class="right" data-l={kitchen.audited}>
                  {miss.asked}
                </td>
                <td class="right" data-l={kitchen.missedCount}>
                  {miss.missed}
                </td>
                <td class="right" data-l={kitchen.missRate}>
                  {miss.rate === undefined ? '—' : shareText(miss.rate)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A measured share never stands without its interval. */
function shareText({ share, low, high }: ShareView): string {
  const percent = (value: number) => (value * 100).toFixed(1);
  return `${percent(share)}% (${percent(low)}–${percent(high)})`;
}
