// Two sets of packs against what people judged: who found what, who cried wolf, and how sure that is.
import type { Box } from '../../../inference/types.ts';
import type { JudgedFrame } from '../dataset/judged-frame.ts';
import { type Share, wilson } from '../violation/share.ts';
import type { Sighting } from '../violation/sighting.ts';
import { iou } from '../violation/violation.ts';

/** One violation on one judged picture, with what both sets say of it. Doubts are left out: they prove nothing. */
export type JudgedCase = {
  readonly hash: string;
  readonly cameraId: number;
  readonly restaurantId: number;
  readonly violation: string;
  readonly answer: 'present' | 'absent';
  /** Somebody looked for it on the whole picture, not only in one box. */
  readonly wholePicture: boolean;
  readonly notBoxes: readonly Box[];
  /** Drawn at random among unflagged frames: found by chance, not by the old set. */
  readonly audit: boolean;
  readonly old: readonly Sighting[];
  readonly new: readonly Sighting[];
};

export const sides = ['old', 'new'] as const;
export type Side = (typeof sides)[number];

/** elsewhere: it points at another place than the one that was judged, and nobody judged that. */
export type Outcome = 'found' | 'missed' | 'false_alarm' | 'elsewhere' | 'quiet';

export type Figures = {
  readonly present: number;
  readonly absent: number;
  readonly found: number;
  readonly falseAlarms: number;
  readonly elsewhere: number;
  readonly precision: Share | undefined;
  readonly recall: Share | undefined;
};

/** The same pictures, both sets: what one did and the other did not. */
export type Pairs = Readonly<
  Record<'present' | 'absent', Readonly<Record<'both' | 'oldOnly' | 'newOnly' | 'neither', number>>>
>;

export type Standing = 'too_thin' | 'no_difference' | 'new_better' | 'old_better';

export type Compared = {
  readonly cases: number;
  readonly old: Figures;
  readonly new: Figures;
  readonly pairs: Pairs;
  readonly better: number;
  readonly worse: number;
  /** Two-sided exact sign test over the pictures the two disagree on. */
  readonly chance: number | undefined;
  readonly standing: Standing;
  /** Of what audits found and the old set had passed over: how many the new one sees. */
  readonly audits: { readonly present: number; readonly newFound: number };
};

// With fewer disagreements no outcome is below one in twenty.
const fewestDisagreements = 6;
const level = 0.05;
// Two boxes that share less than this are two places.
const samePlaceIou = 0.3;

/** The judged violations of a frame that either set watches. */
export function casesOf(
  frame: JudgedFrame,
  seen: Readonly<Record<Side, readonly Sighting[]>>,
  watched: ReadonlySet<string>,
): JudgedCase[] {
  return frame.answers.flatMap(({ violation, answer, wholePicture, notBoxes }) => {
    if (answer === 'unsure' || !watched.has(violation)) return [];
    const about = (side: Side) => seen[side].filter(({ id }) => id === violation);
    const { hash, cameraId, restaurantId, audit } = frame;
    const place = { hash, cameraId, restaurantId, violation, audit };
    return [{ ...place, answer, wholePicture, notBoxes, old: about('old'), new: about('new') }];
  });
}

export function outcomeOf(judged: JudgedCase, side: Side): Outcome {
  const counted = judged[side].filter(({ counts }) => counts);
  if (judged.answer === 'present') return counted.length > 0 ? 'found' : 'missed';
  if (counted.length === 0) return 'quiet';
  return counted.some((sighting) => isAbout(judged, sighting)) ? 'false_alarm' : 'elsewhere';
}

/** Whether a sighting points at what was judged not to be there. */
function isAbout({ wholePicture, notBoxes }: JudgedCase, { box }: Sighting): boolean {
  return wholePicture || notBoxes.length === 0 || notBoxes.some((not) => iou(not, box) >= samePlaceIou);
}

export function compare(cases: readonly JudgedCase[]): Compared {
  const pairs = pairsOf(cases);
  const better = pairs.present.newOnly + pairs.absent.oldOnly;
  const worse = pairs.present.oldOnly + pairs.absent.newOnly;
  const chance = better + worse === 0 ? undefined : signTest(better, worse);
  const passedOver = cases.filter((judged) => judged.audit && judged.answer === 'present');
  return {
    cases: cases.length,
    old: figuresOf(cases, 'old'),
    new: figuresOf(cases, 'new'),
    pairs,
    better,
    worse,
    chance,
    standing: standingOf(better, worse, chance),
    audits: {
      present: passedOver.length,
      newFound: passedOver.filter((judged) => outcomeOf(judged, 'new') === 'found').length,
    },
  };
}

export function figuresOf(cases: readonly JudgedCase[], side: Side): Figures {
  const count = (wanted: Outcome) => cases.filter((judged) => outcomeOf(judged, side) === wanted).length;
  const present = cases.filter(({ answer }) => answer === 'present').length;
  const [found, falseAlarms] = [count('found'), count('false_alarm')];
  return {
    present,
    absent: cases.length - present,
    found,
    falseAlarms,
    elsewhere: count('elsewhere'),
    precision: wilson(found, found + falseAlarms),
    recall: wilson(found, present),
  };
}

function pairsOf(cases: readonly JudgedCase[]): Pairs {
  const empty = () => ({ both: 0, oldOnly: 0, newOnly: 0, neither: 0 });
  const pairs = { present: empty(), absent: empty() };
  for (const judged of cases) {
    const [old, fresh] = sides.map((side) => ['found', 'false_alarm'].includes(outcomeOf(judged, side)));
    pairs[judged.answer][old ? (fresh ? 'both' : 'oldOnly') : fresh ? 'newOnly' : 'neither']++;
  }
  return pairs;
}

function standingOf(better: number, worse: number, chance: number | undefined): Standing {
  if (chance === undefined || better + worse < fewestDisagreements) return 'too_thin';
  if (chance >= level) return 'no_difference';
  return better > worse ? 'new_better' : 'old_better';
}

/** How likely a split at least as uneven is when neither side is better (two-sided exact binomial). */
export function signTest(a: number, b: number): number {
  const [n, few] = [a + b, Math.min(a, b)];
  let [logChoose, sum] = [0, 0];
  for (let k = 0; k <= few; k++) {
    sum += Math.exp(logChoose - n * Math.LN2);
    logChoose += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * sum);
}

/** Cases by a key of theirs, the most first. */
export function groupCases<K>(cases: readonly JudgedCase[], keyOf: (judged: JudgedCase) => K): [K, JudgedCase[]][] {
  const groups = new Map<K, JudgedCase[]>();
  for (const judged of cases) {
    const key = keyOf(judged);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [judged]);
    else group.push(judged);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

/** The score a case has for a side: of any place where it is there, of the judged place where it is not. */
export function scoreOf(judged: JudgedCase, side: Side): number {
  const about = judged[side].filter((sighting) => judged.answer === 'present' || isAbout(judged, sighting));
  return Math.max(0, ...about.map(({ score }) => score));
}
