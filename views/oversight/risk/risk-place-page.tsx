// One place's risk: its grade, where the score comes from, and the things that happened, each to be opened.
import { Page } from '../../parts/page.tsx';
import { formatDate, formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';
import { GradeFace, type GradeName } from './grade-face.tsx';
import { type PartName, type RiskRow, TierBadge } from './risk-page.tsx';

export type ShownFact = { readonly what: string; readonly at: number; readonly href: string };
export type ShownPart = {
  readonly part: PartName;
  readonly points: number;
  readonly weight: number;
  readonly count: number;
  readonly facts: readonly ShownFact[];
};

export type RiskPlaceView = PageView & {
  readonly place: RiskRow & { readonly gradeSince: number; readonly scoredAt: number };
  readonly parts: readonly ShownPart[];
  readonly grades: readonly { readonly grade: GradeName; readonly score: number; readonly at: number }[];
  readonly recordHref: string | null;
};

export function RiskPlacePage({ words, here, viewer, place, parts, grades, recordHref }: RiskPlaceView) {
  const text = words.risk;
  const name = localName(words.lang, place);
  return (
    <Page words={words} title={`${name} · ${text.title}`} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <p class="small">
          <a href="/risk">{text.title}</a>
        </p>
        <h1>{name}</h1>
        <p class="row">
          <GradeFace words={words} grade={place.grade} size={44} />
          <span class="soft small">{text.since(formatDate(place.gradeSince))}</span>
          <TierBadge words={words} tier={place.tier} />
          <b>{text.points(place.score)}</b>
          <span class="soft small">
            {text.visitBy} {formatDate(place.visitBy)} · {text.scoredAt(formatMoment(place.scoredAt, words.lang))}
          </span>
        </p>
        <p class="row">
          {recordHref === null ? null : (
            <a class="btn small" href={recordHref}>
              {text.ofPlace}
            </a>
          )}
          <a class="btn small" href="/risk/rules">
            {text.rules}
          </a>
        </p>
      </header>
      <section class="card stack">
        <h2>{text.shares}</h2>
        {parts.length === 0 ? <p class="soft">{text.nothing}</p> : null}
        {parts.map((part) => (
          <PartCard words={words} part={part} />
        ))}
      </section>
      <section class="card stack">
        <h2>{text.history}</h2>
        <ol class="plain stack">
          {grades.map(({ grade, score, at }) => (
            <li class="row">
              <GradeFace words={words} grade={grade} size={20} /> <span>{text.points(score)}</span>
              <span class="soft small">{formatMoment(at, words.lang)}</span>
            </li>
          ))}
        </ol>
      </section>
    </Page>
  );
}

function PartCard({ words, part }: { words: Texts; part: ShownPart }) {
  const text = words.risk;
  const label = text.parts[part.part];
  return (
    <section class="stack" aria-label={label}>
      <h3 class="row spread">
        <span>{label}</span>
        <span class="small">
          {text.points(part.points)} <span class="soft">{text.of(part.weight)}</span>
        </span>
      </h3>
      <meter
        class="share"
        min={0}
        max={part.weight}
        value={part.points}
        aria-label={`${label} ${text.points(part.points)}`}
      >
        {part.points}
      </meter>
      <p class="small soft">
        {text.times(part.count)} · {text.facts}
      </p>
      <ul class="small">
        {part.facts.map(({ what, at, href }) => (
          <li>
            <a href={href}>{what}</a> <span class="soft">{formatDate(at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
