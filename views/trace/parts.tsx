// Small pieces that every page of the chain is made of: states, places, quantities, times.
import { Icon } from '../parts/icon.tsx';
import type { Viewer } from '../parts/page.tsx';
import { formatNumber, formatTime } from '../parts/time.ts';
import { say } from '../text/say.ts';
import { localName, type Texts } from '../text/texts.ts';

/** What every page is given beside its own data. */
export type PageView = {
  readonly words: Texts;
  /** Path and query of the page. */
  readonly here: string;
  readonly viewer: Viewer | null;
};

export type PlaceName = {
  readonly id: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly kind: string | null;
  readonly address: string | null;
  readonly addressEn: string | null;
};

export type LotState = keyof Texts['trace']['lotStates'];
/** The rim of a card about a lot in this state. */
export function rimOf(state: LotState): '' | ' is-bad' | ' is-warn' {
  if (state === 'ok') return '';
  return state === 'held' || state === 'near' ? ' is-warn' : ' is-bad';
}

export type Scope = keyof Texts['trace']['scopes'];
export type AnswerState = keyof Texts['trace']['recall']['answers'];

const lotBadges = {
  ok: ['done', 'check'],
  near: ['due', 'late'],
  expired: ['overdue', 'late'],
  held: ['due', 'seal'],
  touched: ['recalled', 'alert'],
  recalled: ['recalled', 'alert'],
  recallClosed: ['overdue', 'alert'],
} as const satisfies Record<LotState, readonly [string, string]>;

export function LotBadge({ words, state }: { words: Texts; state: LotState }) {
  const [tone, icon] = lotBadges[state];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.trace.lotStates[state]}
    </span>
  );
}

export const answerBadges = {
  found: ['due', 'search'],
  quarantined: ['sealed', 'seal'],
  returned: ['sealed', 'undo'],
  destroyed: ['destroyed', 'destroy'],
  off_shelf: ['shelved', 'shelf'],
  served: ['offline', 'bowl'],
  none: ['offline', 'slash'],
  silent: ['silent', 'silent'],
} as const satisfies Record<AnswerState, readonly [string, string]>;

export function AnswerBadge({ words, answer }: { words: Texts; answer: AnswerState }) {
  const [tone, icon] = answerBadges[answer];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.trace.recall.answers[answer]}
    </span>
  );
}

type Stage = keyof Texts['trace']['stages'];

const stageOfKind: Readonly<Record<string, readonly [Stage, string]>> = {
  farm: ['origin', 'farm'],
  plantation: ['origin', 'farm'],
  fishery: ['origin', 'farm'],
  importer: ['origin', 'truck'],
  port: ['origin', 'truck'],
  slaughterhouse: ['making', 'factory'],
  factory: ['making', 'factory'],
  processor: ['making', 'factory'],
  coldstore: ['trading', 'temp'],
  warehouse: ['trading', 'store'],
  distributor: ['trading', 'truck'],
  wholesaler: ['trading', 'store'],
  market: ['trading', 'store'],
  carrier: ['moving', 'truck'],
  transit: ['moving', 'truck'],
  retailer: ['serving', 'store'],
  restaurant: ['serving', 'bowl'],
  canteen: ['serving', 'bowl'],
  kitchen: ['serving', 'bowl'],
};

/** Which part of the way a place of this kind belongs to, and its icon. */
export function stageOf(kind: string | null): { stage: Stage; icon: string } {
  const [stage, icon] = stageOfKind[kind ?? ''] ?? ['unknown', 'store'];
  return { stage: stage as Stage, icon };
}

/** The place's own name; without one, what kind of place it is. */
export function placeName(words: Texts, place: PlaceName): string {
  if (place.id === 'transit') return words.trace.inTransit;
  if (place.id === 'unknown') return words.trace.unknownPlace;
  if (place.name !== null) return localName(words.lang, { name: place.name, nameEn: place.nameEn });
  return place.kind === null ? place.id : words.trace.unnamedPlace(kindName(words, place.kind));
}

export function kindName(words: Texts, kind: string | null): string {
  if (kind === null) return words.trace.siteKinds['unknown'] ?? '';
  return words.trace.siteKinds[kind] ?? kind;
}

/** `餐饮单位，临江区`: kind and address, whichever are known. */
export function kindAndPlace(words: Texts, place: PlaceName): string {
  const address = words.lang === 'en' ? (place.addressEn ?? place.address) : place.address;
  const parts = [place.kind === null ? '' : kindName(words, place.kind), address ?? ''].filter((part) => part !== '');
  return parts.join(words.lang === 'en' ? ', ' : '，');
}

/** `96.0`: mass and volume with one decimal, pieces whole unless they are not. */
export function amount(value: number, unit: string | null): string {
  const weighed = unit === 'KGM' || unit === 'LTR' || unit === 'TNE';
  const rounded = Math.round(value * 10) / 10;
  if (weighed) return rounded === 0 ? '0' : formatNumber(rounded, 1);
  return Number.isInteger(rounded) ? formatNumber(rounded, 0) : formatNumber(rounded, 1);
}

/** `96.0 kg`, with the unit's mark; `kg` stays `kg` in Chinese lists. */
export function amountWithMark(words: Texts, value: number, unit: string | null): string {
  return `${amount(value, unit)}\u00a0${unitMark(words, unit)}`;
}

/** `96.0 千克`, for sentences. */
export function amountInWords(words: Texts, value: number, unit: string | null): string {
  const name = unit === null ? words.trace.pieces : (words.trace.units[unit] ?? unit);
  return `${amount(value, unit)}\u00a0${name}`;
}

export function unitMark(words: Texts, unit: string | null): string {
  return unit === null ? words.trace.pieces : (words.trace.unitMarks[unit] ?? unit);
}

export function When({ at, words }: { at: number; words: Texts }) {
  return <time datetime={new Date(at).toISOString()}>{formatTime(at, words.lang)}</time>;
}

/** A field's place in a form or a document, and what is wrong there, in the reader's language where we have it. */
export function faultText(words: Texts, fault: { readonly code?: string; readonly detail: string }): string {
  return words.trace.faults[fault.code ?? ''] ?? say(words, fault.detail);
}

/** Faults with their text in the reader's language, for the parts of a form. */
export function localFaults<F extends { readonly place: string; readonly code?: string; readonly detail: string }>(
  words: Texts,
  faults: readonly F[],
) {
  return faults.map((fault) => ({ ...fault, detail: faultText(words, fault) }));
}

/** Faults for the list on top, each with the name of its field before it: a list of "this is needed" helps nobody. */
export function namedFaults<F extends { readonly place: string; readonly detail: string }>(
  words: Texts,
  faults: readonly F[],
  nameOf: (place: string) => string | undefined,
): F[] {
  return faults.map((fault) => {
    const name = nameOf(fault.place.replace(/^\//, ''));
    return name === undefined
      ? fault
      : { ...fault, detail: `${name}${words.lang === 'en' ? ': ' : '：'}${fault.detail}` };
  });
}

export function EmptyState({ title, lead, children }: { title: string; lead: string; children?: unknown }) {
  return (
    <div class="empty">
      <svg class="art" viewBox="0 0 96 72" aria-hidden="true">
        <path d="M14 54h68M22 54V30l14-10 14 10v24M50 54V36h24v18" />
        <path class="hot" d="M30 54V42h10v12M58 44h8" />
        <circle class="hot" cx="36" cy="31" r="3" />
      </svg>
      <h2>{title}</h2>
      <p>{lead}</p>
      {children as never}
    </div>
  );
}

/** `一级召回 · `, before a reason; nothing where nobody said how grave it is. */
export function gradeInWords(words: Texts, grade: number | null): string {
  const name = words.trace.recallReason.grades[grade ?? 0];
  return name === undefined ? '' : `${name} · `;
}
