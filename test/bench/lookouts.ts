// Measures the lookouts on sequences with known truth: npm run bench:lookouts -- FOLDER [--json]. What the eye read is kept
// beside each sequence, so that a rule is measured again in seconds.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openDetector } from '../../inference/detector.ts';
import type { ClassifiedFrame, Detector, FrameSignature } from '../../inference/types.ts';
import type { Lookout, LookoutRuleId } from '../../server/kitchen/camera/lookout.ts';
import {
  colourRules,
  coloursWanted,
  comparingRules,
  lookoutDefaults,
} from '../../server/kitchen/lookout/lookout-rules.ts';
import { wilson } from '../../server/kitchen/violation/share.ts';
import { playSequence, type Said } from './lookout-play.ts';

type Worn = {
  readonly coat_kind: string;
  readonly apron: unknown;
  readonly hat?: string | null;
  readonly hat_colour?: readonly [number, number, number] | null;
};

export type Truth = {
  readonly everySeconds: number;
  readonly zones: Readonly<Record<string, Lookout['points']>>;
  readonly events: readonly {
    readonly what: LookoutRuleId;
    readonly from: number;
    readonly until: number;
    readonly thing?: string;
  }[];
  readonly light: string;
  readonly moved: number | null;
  /** Parts that are in the picture at each look. */
  readonly shown: readonly (readonly string[])[];
  readonly people: Readonly<Record<string, Worn>>;
};

/** Half a minute is played: what has to hold for minutes in a kitchen has to hold for seconds here. */
const holdSeconds: Readonly<Record<string, number>> = { person: 2, fire: 8, floor: 8, clothes: 4, hat: 4, bare: 4 };
/** The kitchen of the bench wears white, from head to foot. */
const chosen = ['white'] as const;
const wholePicture: Lookout['points'] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const zoneOf: Readonly<Record<string, string>> = { person: 'floor', fire: 'stove', floor: 'floor' };
const rules = ['person', 'fire', 'floor', 'clothes', 'hat', 'bare'] as const satisfies readonly LookoutRuleId[];

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder that samples/render/sequences.py wrote.');
const names = readdirSync(folder)
  .filter((name) => existsSync(`${folder}/${name}/truth.json`))
  .sort();
if (names.length === 0) throw new Error(`${folder} holds no sequences.`);

function lookoutFor(rule: LookoutRuleId, truth: Truth): Lookout {
  const { leastPx } = lookoutDefaults[rule];
  const points = truth.zones[zoneOf[rule] ?? ''] ?? wholePicture;
  const shown = colourRules.includes(rule)
    ? { colours: [...chosen] }
    : comparingRules.includes(rule)
      ? { shown: [1] }
      : {};
  return {
    ...{ id: rule, rule, name: rule, points, when: 'always', leastPx, setBy: 'house', againMinutes: 60 },
    ...{ holdSeconds: holdSeconds[rule] ?? 0, ...shown },
  };
}

const detector: Detector = await openDetector({ modelsDir: 'models', threads: 1 });

async function readingsOf(name: string, truth: Truth): Promise<ClassifiedFrame[]> {
  const kept = `${folder}/${name}/readings.json`;
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as ClassifiedFrame[];
  const measure = coloursWanted(rules.map((rule) => lookoutFor(rule, truth)));
  const pictures = readdirSync(`${folder}/${name}`)
    .filter((file) => /^\d\d\.jpg$/.test(file))
    .sort();
  const readings: ClassifiedFrame[] = [];
  let previous: FrameSignature | undefined;
  for (const file of ['show.jpg', ...pictures]) {
    const options = {
      ...{ skipModelIfCheckFails: true, skipModelIfUnchanged: true },
      ...(previous === undefined ? {} : { previous }),
      ...(measure === undefined ? {} : { measure }),
    };
    const reading = await detector.classify(readFileSync(`${folder}/${name}/${file}`), options);
    previous = reading.signature;
    readings.push(reading);
  }
  writeFileSync(kept, JSON.stringify(readings));
  return readings;
}

function wears(truth: Truth, look: number, test: (person: Truth['people'][string]) => boolean): boolean {
  return (truth.shown[look] ?? []).some((name) => truth.people[name] !== undefined && test(truth.people[name]));
}

function showsApron(truth: Truth): boolean {
  return truth.shown.some((_, look) =>
    wears(truth, look, ({ coat_kind, apron }) => coat_kind === 'white' && apron !== null),
  );
}

/** What a kitchen in white would call wrong: another coat, no hat or a dark one, no coat at all. */
const wornWrongly: readonly (readonly [LookoutRuleId, (person: Worn) => boolean])[] = [
  ['clothes', ({ coat_kind }) => coat_kind !== 'white'],
  ['hat', ({ hat, hat_colour }) => !hat || Math.max(...(hat_colour ?? [])) < 0.5],
  ['bare', ({ coat_kind }) => coat_kind === 'bare'],
];

/** From when until when somebody like that is there. */
function stays(truth: Truth, what: LookoutRuleId, test: (person: Worn) => boolean): Truth['events'][number][] {
  const found: { what: LookoutRuleId; from: number; until: number; thing: string }[] = [];
  for (let look = 0; look < truth.shown.length; look++) {
    if (!wears(truth, look, test)) continue;
    const last = found.at(-1);
    const thing = (truth.shown[look] ?? [])
      .map((name) => truth.people[name])
      .flatMap((worn) => (worn === undefined ? [] : `${worn.coat_kind}, ${worn.hat ?? 'no hat'}`))
      .join('; ');
    if (last?.until === look) last.until = look + 1;
    else found.push({ what, from: look, until: look + 1, thing });
  }
  return found;
}

type Score = {
  events: number;
  found: number;
  said: number;
  right: number;
  seconds: number;
  missed: string[];
  wrong: string[];
};

const scores = Object.fromEntries(
  rules.map((rule): [string, Score] => [
    rule,
    { events: 0, found: 0, said: 0, right: 0, seconds: 0, missed: [], wrong: [] },
  ]),
);

for (const name of names) {
  const told = JSON.parse(readFileSync(`${folder}/${name}/truth.json`, 'utf8')) as Truth;
  const dressed = wornWrongly.flatMap(([what, test]) => stays(told, what, test));
  const truth = { ...told, events: [...told.events, ...dressed] };
  const readings = await readingsOf(name, truth);
  for (const rule of rules) {
    // A white coat under an apron of another colour is neither: a kitchen would choose the apron's colour too.
    if (rule === 'clothes' && showsApron(truth)) continue;
    const lookout = lookoutFor(rule, truth);
    const said = playSequence(readings, detector.packs, lookout, truth.everySeconds);
    count(scores[rule] as Score, name, truth, rule, said, readings.length);
  }
}

function count(
  score: Score,
  name: string,
  truth: Truth,
  rule: LookoutRuleId,
  said: readonly Said[],
  looks: number,
): void {
  const hold = (holdSeconds[rule] ?? 0) / truth.everySeconds;
  const events = truth.events.filter(({ what, from, until }) => {
    // What begins before the camera moves and lasts long enough can be asked for.
    const end = Math.min(until, truth.moved ?? until);
    return what === rule && end - from > hold;
  });
  score.seconds += looks * truth.everySeconds;
  for (const { from, until, thing = '' } of events) {
    score.events++;
    if (said.some(({ look }) => look >= from && look <= until)) score.found++;
    else score.missed.push(`${name} ${thing}`);
  }
  for (const { look } of said) {
    score.said++;
    if (truth.events.some(({ what, from, until }) => what === rule && look >= from && look <= until)) score.right++;
    else
      score.wrong.push(`${name}@${look}${truth.moved !== null && look >= truth.moved ? ' moved' : ''} ${truth.light}`);
  }
}

const interval = (hits: number, of: number): string => {
  const share = wilson(hits, of);
  return share === undefined ? '–' : `${share.share.toFixed(3)} [${share.low.toFixed(2)}–${share.high.toFixed(2)}]`;
};

if (flags.includes('--json')) console.log(JSON.stringify(scores));
else {
  console.log('| lookout | sequences | events | found | recall | said | precision | wrong in | of hours |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const [rule, { events, found, said, right, seconds }] of Object.entries(scores)) {
    const hours = (seconds / 3600).toFixed(1);
    console.log(
      `| \`${rule}\` | ${names.length} | ${events} | ${found} | ${interval(found, events)} | ${said} | ${interval(right, said)} | ${said - right} | ${hours} |`,
    );
  }
  if (flags.includes('--why'))
    console.log(
      JSON.stringify(
        Object.fromEntries(Object.entries(scores).map(([rule, { missed, wrong }]) => [rule, { missed, wrong }])),
        null,
        1,
      ),
    );
}
await detector.close();
