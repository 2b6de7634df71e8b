// Makes a small world out of drawn numbers: who makes, mixes, sends, loses, counts and sells what, and what hands tell of it.
import fc from 'fast-check';
import { fraction } from './fraction.ts';
import { type Delivery, firmOf, type Happening, type Line, lots, mistakes, type Said, sites } from './goods-story.ts';

const lot = fc.integer({ min: 0, max: lots - 1 });
const site = fc.integer({ min: 0, max: sites - 1 });
const someLots = fc.uniqueArray(lot, { minLength: 1, maxLength: 3 });
/** Of what is there, in hundredths: now and then more than all. */
const portion = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 5, max: 100 }) },
  fc.integer({ min: 100, max: 190 }),
);
const any = fc.integer({ min: 0, max: 1_000 });

const drawn = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('make' as const), lot, site, amount: any, any }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: fc.constant('mix' as const), site, inputs: someLots, outputs: someLots },
      ...{ portion, gain: fc.integer({ min: 50, max: 160 }), any },
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      ...{ kind: fc.constant('send' as const), lot, from: site, to: site, portion, any },
      ...{ way: fc.integer({ min: 0, max: 22 }), loss: fc.integer({ min: 1, max: 20 }) },
      ...{ slots: fc.integer({ min: 0, max: 2 }), paper: fc.integer({ min: 0, max: 7 }) },
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('sell' as const, 'sell' as const, 'count' as const, 'count' as const, 'look' as const),
      ...{ lot, site, portion, any },
    }),
  },
  fc.record({ kind: fc.constant('err' as const), lot, from: site, to: site, any }),
);
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;
type Send = Extract<Drawn, { kind: 'send' }>;

/** What is drawn; in which order it is told, and how many events at once; of which lot the recall is. */
export const goodsWorld = fc.array(drawn, { minLength: 4, maxLength: 22 }).chain((all) =>
  fc.record({
    all: fc.constant(all),
    order: fc.infiniteStream(fc.integer({ min: 0, max: 1_000_000 })).map((stream) => [...stream.take(120)]),
    together: fc.integer({ min: 1, max: 9 }),
    asked: lot,
    later: fc.constantFrom('nothing' as const, 'nothing' as const, 'weighed' as const, 'merged' as const),
    other: lot,
  }),
);

const minute = 60_000;
export const slot = 5 * 60 * minute;

type Plan = {
  readonly happenings: Happening[];
  /** Thousandths that a careful storekeeper believes to be there, and what they are counted in. */
  readonly there: Map<string, number>;
  readonly kinds: Map<string, Said['kind']>;
  /** Shipments nobody has received, or not yet: until when (Infinity: for ever), and how much. */
  readonly open: { lot: number; from: number; to: number; until: number; amount: number; hard: boolean }[];
  readonly transit: Set<number>;
  /** When something was last received that nobody had told of as shipped. */
  readonly alone: Map<string, number>;
  /** When something was last received whose shipper had counted it otherwise, or not at all. */
  readonly loose: Map<string, number>;
  now: number;
};

export function planOf(all: readonly Drawn[]): Happening[] {
  const plan: Plan = {
    ...{
      happenings: [],
      there: new Map(),
      kinds: new Map(),
      open: [],
      transit: new Set(),
      alone: new Map(),
      loose: new Map(),
      now: 0,
    },
  };
  for (const [index, one] of all.entries()) {
    plan.now = (index + 1) * slot + index;
    if (one.kind === 'make') make(plan, one);
    else if (one.kind === 'mix') mix(plan, one);
    else if (one.kind === 'send') send(plan, one);
    else if (one.kind === 'err') err(plan, one);
    else handle(plan, one);
  }
  return plan.happenings;
}

function make(plan: Plan, one: Extract<Drawn, { kind: 'make' }>): void {
  const said = saidOf(kindAt(plan, one.lot, one.site), one.amount * 37 + 1_000, one.any);
  plan.happenings.push({ kind: 'made', at: plan.now, site: one.site, lot: one.lot, said });
  change(plan, one.lot, one.site, one.amount * 37 + 1_000);
}

function mix(plan: Plan, one: Extract<Drawn, { kind: 'mix' }>): void {
  const { site: at, any: choice } = one;
  let total = 0;
  const ins = one.inputs.map((input, index): Line => {
    const amount = part(plan, input, at, one.portion);
    total += amount;
    change(plan, input, at, -amount);
    return { lot: input, said: saidOf(kindAt(plan, input, at), amount, choice + index) };
  });
  const each = Math.max(1, Math.round((total * one.gain) / 100 / one.outputs.length));
  const outs = one.outputs.map((output, index): Line => {
    change(plan, output, at, each);
    return { lot: output, said: saidOf(kindAt(plan, output, at), each, choice + 3 + index) };
  });
  plan.happenings.push({ kind: 'mixed', at: plan.now, site: at, ins, outs });
}

function handle(plan: Plan, one: Extract<Drawn, { kind: 'sell' | 'count' | 'look' }>): void {
  const amount = part(plan, one.lot, one.site, one.portion);
  const said = saidOf(kindAt(plan, one.lot, one.site), amount, one.any);
  const kind = ({ sell: 'gone', count: 'counted', look: 'seen' } as const)[one.kind];
  plan.happenings.push({ kind, at: plan.now, site: one.site, lot: one.lot, said });
  if (one.kind === 'sell') change(plan, one.lot, one.site, -amount);
  if (one.kind === 'count') plan.there.set(`${one.lot}@${one.site}`, amount);
}

function err(plan: Plan, { lot: which, from, to, any: choice }: Extract<Drawn, { kind: 'err' }>): void {
  const of = mistakes[choice % mistakes.length] ?? 'shipped';
  if (from !== to) plan.happenings.push({ kind: 'mistake', of, at: plan.now, from, to, lot: which });
}

function send(plan: Plan, one: Send): void {
  if (one.from === one.to) return;
  plan.open.splice(0, plan.open.length, ...plan.open.filter(({ until }) => until > plan.now));
  // What is told in hard ways is told of amounts that nothing else has.
  const odd = one.way < ways.lossy ? 0 : Math.round(plan.now / slot) * 7;
  const amount = part(plan, one.lot, one.from, one.portion) + odd;
  const way = wayOf(plan, one, amount);
  if (way === undefined) return;
  const delivery = deliveryOf(plan, one, amount, way);
  plan.happenings.push(delivery);
  change(plan, one.lot, one.from, -amount);
  if (delivery.takenBackAt !== undefined) change(plan, one.lot, one.from, amount);
  else change(plan, one.lot, one.to, amount);
}

const ways = {
  ...{ plain: 0, lossy: 4, parts: 6, shippedOnly: 7, receivedOnly: 9, over: 10, firmSends: 11, firmGets: 12 },
  ...{ toNobody: 13, leftInTransit: 14, fromNobody: 15, early: 16, takenBack: 17, otherUnit: 18, shipperSilent: 20 },
  ...{ receiverSilent: 21, unsaid: 22 },
};

/** The drawn way, unless what is told of it could as well be told of another delivery. */
function wayOf(plan: Plan, { lot: which, from, to, way, loss }: Send, amount: number): number | undefined {
  const ofLot = plan.open.filter((open) => open.lot === which);
  const samePair = ofLot.filter((open) => open.from === from && open.to === to);
  if (ofLot.some(({ hard, until }) => hard && until !== Number.POSITIVE_INFINITY)) return undefined;
  const aloneAt = plan.alone.get(`${which}@${to}`) ?? Number.NEGATIVE_INFINITY;
  if (way === ways.receivedOnly && plan.now - (plan.loose.get(`${which}@${to}`) ?? Number.NEGATIVE_INFINITY) < 6 * slot)
    return ways.plain;
  const isRiddle = [ways.shippedOnly, ways.shippedOnly + 1, ways.leftInTransit, ways.takenBack, ways.unsaid].includes(
    way,
  );
  if (isRiddle && plan.now - aloneAt < 6 * slot) return ways.plain;
  if (way < ways.lossy || way === ways.shippedOnly || way === ways.shippedOnly + 1) return way;
  if (way < ways.parts) {
    const signed = amount - Math.round((amount * loss) / 100);
    const nearest = Math.min(...samePair.map((open) => Math.abs(open.amount - signed)));
    return samePair.every(({ until }) => until === Number.POSITIVE_INFINITY) && nearest > 2 * (amount - signed)
      ? way
      : ways.plain;
  }
  if (way === ways.takenBack || way === ways.unsaid) return ofLot.length === 0 ? way : ways.plain;
  return ofLot.length === 0 && !plan.transit.has(which) ? way : ways.plain;
}

function deliveryOf(plan: Plan, one: Send, amount: number, way: number): Delivery {
  const { lot: which, from, to, any: choice } = one;
  const { now } = plan;
  const kind = kindAt(plan, which, from);
  const isOneSided = way === ways.shippedOnly || way === ways.shippedOnly + 1 || way === ways.leftInTransit;
  const receivedAt = way === ways.early ? now - (one.loss / 5) * 60 * minute : now + one.slots * slot + 61 * minute;
  const until = isOneSided || way === ways.unsaid ? Number.POSITIVE_INFINITY : receivedAt + 1;
  if (way !== ways.receivedOnly && way !== ways.takenBack)
    plan.open.push({ lot: which, from, to, until, amount, hard: way >= ways.lossy });
  if (way === ways.receivedOnly) plan.alone.set(`${which}@${to}`, receivedAt);
  if (way >= ways.otherUnit && way < ways.receiverSilent) plan.loose.set(`${which}@${to}`, receivedAt);
  if (way === ways.leftInTransit) plan.transit.add(which);
  const silent = way === ways.shipperSilent || way === ways.unsaid;
  const shipped = {
    at: now,
    said: silent ? unsaid(kind) : saidOf(kind, amount, choice, 'said'),
    to: way === ways.firmGets ? firmOf(to) : way === ways.toNobody || way === ways.leftInTransit ? null : to,
  };
  const namesNobody = way === ways.fromNobody || (way === ways.toNobody && choice % 2 === 0);
  const source = namesNobody ? null : way === ways.firmSends ? firmOf(from) : from;
  const isReceived = !isOneSided && way !== ways.takenBack && way !== ways.unsaid;
  const paper = one.paper > 1 ? undefined : one.paper === 0 ? ('shipment' as const) : ('receipt' as const);
  return {
    ...{ kind: 'delivery', lot: which, from, to },
    shipped: way === ways.receivedOnly ? undefined : shipped,
    received: isReceived
      ? signedFor(plan, one, amount, way).map((said, index) => ({
          ...{ at: receivedAt + index * 7 * minute, said, from: source },
        }))
      : [],
    via: way === ways.firmGets ? firmOf(to) : undefined,
    // Papers of what is hard to read by itself would make it a riddle.
    paper:
      paper === undefined || way >= ways.over
        ? undefined
        : { of: paper, at: paper === 'shipment' ? now + 113 * minute : receivedAt + 131 * minute },
    takenBackAt: way === ways.takenBack ? now + 97 * minute : undefined,
  };
}

function signedFor(plan: Plan, one: Send, amount: number, way: number): Said[] {
  const kind = kindAt(plan, one.lot, one.from);
  const said = (thousandths: number) => saidOf(kind, thousandths, one.any + 1, 'said');
  const lost = Math.round((amount * one.loss) / 100);
  if (way === ways.receiverSilent) return [unsaid(kind)];
  if (way === ways.otherUnit || way === ways.otherUnit + 1) {
    const other = kind === 'mass' ? 'box' : 'mass';
    if (!plan.kinds.has(`${one.lot}@${one.to}`)) plan.kinds.set(`${one.lot}@${one.to}`, other);
    return [saidOf(other, amount * 2 + 500, one.any, 'said')];
  }
  if (way === ways.over) return [said(amount + lost + 1)];
  if (way >= ways.lossy && way < ways.parts) return [said(Math.max(1, amount - lost))];
  if (way !== ways.parts || amount < 100) return [said(amount)];
  const first = Math.round((amount * (30 + one.loss * 2)) / 100);
  return [said(first), said(amount - first)];
}

// What each lot is first counted in.
const kindsOfLots: readonly Said['kind'][] = ['mass', 'mass', 'mass', 'pieces', 'volume'];

function kindAt({ kinds }: Plan, which: number, at: number): Said['kind'] {
  const known = kinds.get(`${which}@${at}`);
  const kind = known ?? kindsOfLots[which] ?? 'mass';
  if (known === undefined) kinds.set(`${which}@${at}`, kind);
  return kind;
}

function part({ there }: Plan, which: number, at: number, hundredths: number): number {
  const known = Math.max(0, there.get(`${which}@${at}`) ?? 0);
  return Math.max(1, Math.round(((known === 0 ? 8_000 : known) * hundredths) / 100));
}

function change({ there }: Plan, which: number, at: number, by: number): void {
  const key = `${which}@${at}`;
  there.set(key, (there.get(key) ?? 0) + by);
}

function unsaid(kind: Said['kind']): Said {
  return { kind, amount: fraction(0n), told: undefined };
}

const units: Readonly<Record<Said['kind'], readonly (readonly [string | undefined, number])[]>> = {
  mass: [
    ['KGM', 1_000],
    ['GRM', 1],
    ['TNE', 1_000_000],
  ],
  volume: [
    ['LTR', 1_000],
    ['MLT', 1],
  ],
  pieces: [
    [undefined, 1_000],
    ['H87', 1_000],
    ['C62', 1_000],
  ],
  box: [['BX', 1_000]],
};

/** Now and then nobody says an amount, unless it has to be `said`. */
function saidOf(kind: Said['kind'], thousandths: number, choice: number, must?: 'said'): Said {
  if (must === undefined && choice % 23 === 0) return unsaid(kind);
  const known = units[kind];
  const [unit, thousandthsEach] = known[choice % known.length] ?? [undefined, 1_000];
  const amount = fraction(BigInt(thousandths), 1_000n);
  return { kind, amount, told: { quantity: thousandths / thousandthsEach, unit } };
}
