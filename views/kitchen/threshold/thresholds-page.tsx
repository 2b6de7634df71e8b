// A camera's thresholds: the house's, its own, what the verdicts propose, and what either costs.
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { Named } from '../named.ts';
import { perDay, score, ThresholdChart, ThresholdTable } from './threshold-chart.tsx';
import type { Point } from './threshold-curve.ts';

export type ThresholdFigures = {
  readonly ownJudged: number;
  readonly houseJudged: number;
  readonly audits: number;
  readonly days: number;
  readonly ownWeight: number;
  readonly now: Point;
  readonly after: Point;
  readonly right:
    | { readonly share: number; readonly low: number; readonly high: number; readonly of: number }
    | undefined;
};

export type ThresholdLine = {
  readonly violation: string;
  readonly name: string;
  readonly here: number;
  readonly house: number;
  readonly answer:
    | { readonly kind: 'refused'; readonly lacking: readonly Lack[] }
    | {
        readonly kind: 'stays' | 'proposed' | 'dismissed';
        readonly proposed: number;
        readonly figures: ThresholdFigures;
        readonly curve: readonly Point[];
      };
  readonly last:
    | {
        readonly decision: 'taken' | 'dismissed';
        readonly before: number;
        readonly proposed: number;
        readonly at: number;
      }
    | undefined;
};

type Lack = { readonly what: 'own' | 'all' | 'real' | 'days'; readonly have: number; readonly need: number };

export type ThresholdsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly camera: { readonly id: number; readonly place: Named };
  readonly restaurant: Named;
  readonly lines: readonly ThresholdLine[];
};

export function ThresholdsPage(view: ThresholdsView) {
  const { words, here, viewer, camera, restaurant, lines } = view;
  const text = words.learning.threshold;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer}>
      <header>
        <p class="small">
          <a href={`/cameras/${camera.id}`}>
            {localName(words.lang, restaurant)} · {localName(words.lang, camera.place)}
          </a>
        </p>
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <p class="small">
          <a href={`/cameras/${camera.id}/rules`}>{words.learning.zone.title}</a>
        </p>
      </header>
      {lines.length === 0 ? <p class="card soft">{text.nothingWatched}</p> : null}
      <div class="threshold-cards">
        {lines.map((line) => (
          <Card words={words} cameraId={camera.id} line={line} />
        ))}
      </div>
    </Page>
  );
}

type CardView = { readonly words: Texts; readonly cameraId: number; readonly line: ThresholdLine };

function Card({ words, cameraId, line }: CardView) {
  const text = words.learning.threshold;
  const { answer, name, here, house } = line;
  const asked = answer.kind === 'proposed';
  return (
    <section class={asked ? 'card rim stack' : 'card stack'} id={line.violation}>
      <div class="card-head">
        <h2>{name}</h2>
        <span class="small soft">{text.hereAndHouse(score(here), score(house))}</span>
      </div>
      {answer.kind === 'refused' ? (
        <Refused words={words} lacking={answer.lacking} />
      ) : (
        <>
          <Effect words={words} answer={answer} />
          <ThresholdChart words={words} points={answer.curve} now={here} proposed={answer.proposed} />
          <p class="small chart-key">
            <span class="key-flags">{text.flagsPerDay}</span> <span class="key-missed">{text.missedPerDay}</span>
          </p>
          {asked ? <Decide words={words} cameraId={cameraId} line={line} proposed={answer.proposed} /> : null}
          <ThresholdTable words={words} points={answer.curve} now={here} proposed={answer.proposed} />
          <p class="small faint">{basisText(words, answer.figures)}</p>
        </>
      )}
      <Last words={words} cameraId={cameraId} line={line} />
    </section>
  );
}

function basisText(words: Texts, figures: ThresholdFigures): string {
  const { ownJudged, houseJudged, audits, days, ownWeight } = figures;
  return words.learning.threshold.basis({
    ownJudged,
    houseJudged,
    audits,
    days,
    ownPercent: Math.round(ownWeight * 100),
  });
}

function Refused({ words, lacking }: { words: Texts; lacking: readonly Lack[] }) {
  const text = words.learning.threshold;
  return (
    <div class="note">
      <Icon name="info" />
      <div class="stack">
        <b>{text.tooFew}</b>
        <ul>
          {lacking.map(({ what, have, need }) => (
            <li>{text.lacks[what](have, need)}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

type Answer = Exclude<ThresholdLine['answer'], { kind: 'refused' }>;

/** What it would change, before anything is changed. */
function Effect({ words, answer: { kind, proposed, figures } }: { words: Texts; answer: Answer }) {
  const text = words.learning.threshold;
  const { now, after, right } = figures;
  if (kind === 'stays')
    return (
      <p class="pick">
        <Icon name="check" tone="good" />
        <span>{text.stays}</span>
      </p>
    );
  return (
    <div class="stack">
      <p>
        <b>{text.proposes(score(now.threshold), score(proposed))}</b>
        {kind === 'dismissed' ? <span class="soft"> {text.wasDismissed}</span> : null}
      </p>
      <dl class="tiles">
        <Tile label={text.flagsPerDay} before={perDay(now.flagsPerDay)} after={perDay(after.flagsPerDay)} />
        <Tile
          label={text.missedPerDay}
          before={perDay(now.missedPerDay)}
          after={perDay(after.missedPerDay)}
          note={`95%: ${perDay(after.missedLow)}–${perDay(after.missedHigh)}`}
        />
      </dl>
      {right === undefined ? null : (
        <p class="small soft">
          {text.rightShare(percent(right.share), percent(right.low), percent(right.high), right.of)}
        </p>
      )}
    </div>
  );
}

function Tile({ label, before, after, note }: { label: string; before: string; after: string; note?: string }) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        {before} → {after}
        {note === undefined ? null : <span class="note-line">{note}</span>}
      </dd>
    </div>
  );
}

function Decide({ words, cameraId, line, proposed }: CardView & { proposed: number }) {
  const text = words.learning.threshold;
  return (
    <form class="row" method="post" action={`/cameras/${cameraId}/thresholds/${line.violation}`}>
      <input type="hidden" name="proposed" value={String(proposed)} />
      <button type="submit" class="btn main" name="decision" value="taken">
        {text.take(score(proposed))}
      </button>
      <button type="submit" class="btn" name="decision" value="dismissed">
        {text.dismiss}
      </button>
    </form>
  );
}

function Last({ words, cameraId, line: { violation, last } }: CardView) {
  if (last === undefined) return null;
  const text = words.learning.threshold;
  const when = formatMoment(last.at, words.lang);
  return (
    <form class="row small" method="post" action={`/cameras/${cameraId}/thresholds/${violation}`}>
      <span class="soft">
        {last.decision === 'taken'
          ? text.taken(score(last.before), score(last.proposed), when)
          : text.dismissed(score(last.proposed), when)}
      </span>
      <button type="submit" class="link-button" name="decision" value="undone">
        {words.common.undo}
      </button>
    </form>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export type ProposalsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly cameras: readonly {
    readonly id: number;
    readonly place: Named;
    readonly restaurant: Named;
    readonly proposals: readonly {
      readonly violation: string;
      readonly name: string;
      readonly from: number;
      readonly to: number;
      readonly flags: readonly [number, number];
    }[];
  }[];
};

/** Every camera with something to decide. */
export function ProposalsPage({ words, here, viewer, cameras }: ProposalsView) {
  const text = words.learning.threshold;
  return (
    <Page words={words} title={text.listTitle} here={here} viewer={viewer} mainClass="narrow">
      <h1>{text.listTitle}</h1>
      <p class="soft">{text.lead}</p>
      {cameras.length === 0 ? (
        <section class="card empty">
          <Icon name="check" />
          <p>{text.nothingProposed}</p>
        </section>
      ) : null}
      {cameras.map((camera) => (
        <section class="card stack">
          <h2>
            <a href={`/cameras/${camera.id}/thresholds`}>
              {localName(words.lang, camera.restaurant)} · {localName(words.lang, camera.place)}
            </a>
          </h2>
          <ul>
            {camera.proposals.map(({ violation, name, from, to, flags }) => (
              <li>
                <a href={`/cameras/${camera.id}/thresholds#${violation}`}>{name}</a>
                {text.proposalLine(score(from), score(to), perDay(flags[0]), perDay(flags[1]))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
