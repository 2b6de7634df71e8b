// What is where and how much of it is tainted: every step of some holdings replayed in the order of event time.
import { edgeRoles } from './chain-links.ts';
import { isMixing } from './chain-step.ts';

/** A line of a step, its amount in the base unit of its lot; null: not said, or not to be converted. */
export type StockLine = { readonly holdingId: number; readonly amount: number | null; readonly role: number };

export type StockStep = {
  readonly step: number;
  /** Unix ms. */
  readonly at: number;
  readonly ins: readonly StockLine[];
  readonly outs: readonly StockLine[];
};

export type Stock = {
  received: number;
  left: number;
  /** Never below what the lines say: negative means that more left than ever came. */
  onHand: number;
  lowest: number;
  /** Unix ms of the first time it fell below zero. */
  negativeAt: number | undefined;
  /** How much of `onHand` is tainted by mass balance. */
  tainted: number;
  /** How much tainted goods ever came. */
  taintedReceived: number;
  /** Some line has no amount: the numbers are a lower bound. */
  vague: boolean;
};

export type Replay = {
  readonly stocks: ReadonlyMap<number, Stock>;
  readonly mismatches: readonly Mismatch[];
  /** Holding → what its shippers and its receiver told. */
  readonly deliveries: ReadonlyMap<number, Delivery>;
};

/** In base units. `awaited`: shipped, not (yet) received; `ahead`: received, not (yet) told by a shipper. */
export type Delivery = {
  awaited: number;
  ahead: number;
  shipments: number;
  receipts: number;
  /** Unix ms of the last shipment. */
  shippedAt: number | undefined;
};

/** A step whose two sides do not add up, both in the same base unit. */
export type Mismatch = { readonly step: number; readonly amountIn: number; readonly amountOut: number };

/** What the numbers of holdings mean. */
export type StockWorld = {
  /** Holdings of the recalled lot itself, tainted through and through. */
  readonly sources: ReadonlySet<number>;
  /** Holdings that are no place: a lot between a shipper who named nobody and a receiver who named nobody. */
  readonly transit: ReadonlySet<number>;
  /** Whether a mixing step's lines are in one dimension, so that their sums mean something. */
  readonly comparable: (step: number) => boolean;
};

/**
 * Replays `steps`. Goods mix evenly in a holding, so a departure takes tainted goods by their share at that time.
 * A shipment and its receipt tell of the same goods: whichever is later adds only what the other had not said.
 */
export function replay(steps: readonly StockStep[], world: StockWorld): Replay {
  const state: State = {
    stocks: new Map(),
    deliveries: new Map(),
    onTheWay: new Map(),
    transitOf: new Map(),
    takenFrom: new Map(),
    transit: world.transit,
    sources: world.sources,
    mismatches: [],
  };
  const ordered = [...steps].sort((a, b) => a.at - b.at || a.step - b.step);
  for (const step of ordered) {
    if (isMixing(step.step)) mix(state, step, world.comparable(step.step));
    else pass(state, step);
  }
  return { stocks: state.stocks, mismatches: state.mismatches, deliveries: state.deliveries };
}

type State = {
  readonly stocks: Map<number, Stock>;
  readonly deliveries: Map<number, Delivery>;
  /** Holding → shipped from it to nobody named, and not yet received from it by anybody. */
  readonly onTheWay: Map<number, number>;
  /** Holding → where its goods are while on the way to nobody named. */
  readonly transitOf: Map<number, number>;
  /** Holding → received from it by somebody, and not yet told by a shipment. */
  readonly takenFrom: Map<number, number>;
  readonly transit: ReadonlySet<number>;
  readonly sources: ReadonlySet<number>;
  readonly mismatches: Mismatch[];
};

type Load = { readonly amount: number; readonly tainted: number; readonly vague: boolean };

// Yields and rounding of scales: what a transformation may gain before it is a finding.
const tolerance = 0.005;

function mix(state: State, step: StockStep, comparable: boolean): void {
  const loads = step.ins.filter(counted).map((line) => take(state, line, step.at));
  const amountIn = sum(loads.map((load) => load.amount));
  const tainted = sum(loads.map((load) => load.tainted));
  const known = comparable && loads.every((load) => !load.vague) && step.outs.every((line) => line.amount !== null);
  const share = amountIn > 0 ? tainted / amountIn : 0;
  // Without comparable amounts any taint may be all of it, and nobody can say how much.
  const vague = !known && loads.some((load) => load.tainted > 0 || load.vague);
  for (const line of step.outs.filter(counted)) {
    put(state, line.holdingId, {
      amount: line.amount ?? 0,
      tainted: (line.amount ?? 0) * share,
      vague: vague || line.amount === null,
    });
  }
  const amountOut = sum(step.outs.map((line) => line.amount ?? 0));
  if (known && amountIn > 0 && amountOut > amountIn * (1 + tolerance)) {
    state.mismatches.push({ step: step.step, amountIn, amountOut });
  }
}

function pass(state: State, step: StockStep): void {
  const from = step.ins.find(counted);
  const to = step.outs.find(counted);
  const line = from ?? to;
  if (line === undefined) return;
  if (line.role === edgeRoles.shipped) ship(state, step.at, from, to);
  else if (line.role === edgeRoles.received) receive(state, step.at, from, to);
  else carry(state, step.at, line.amount, from, to);
}

function ship(state: State, at: number, from: StockLine | undefined, to: StockLine | undefined): void {
  const said = from?.amount ?? to?.amount ?? null;
  const amount = said ?? 0;
  const delivery = deliveryTo(state, to?.holdingId);
  const source = from?.holdingId ?? noHolding;
  const toNobody = to !== undefined && state.transit.has(to.holdingId);
  delivery.shipments += 1;
  delivery.shippedAt = at;
  // What somebody has received from here already, before this shipment was told, is not taken out again.
  const already = Math.min(toNobody ? (state.takenFrom.get(source) ?? 0) : delivery.ahead, amount);
  add(state.takenFrom, source, -Math.min(already, state.takenFrom.get(source) ?? 0));
  if (toNobody) {
    state.transitOf.set(source, to.holdingId);
    add(state.onTheWay, source, amount - already);
  } else {
    delivery.ahead -= already;
    delivery.awaited += amount - already;
  }
  carry(state, at, said === null ? null : amount - already, from, to);
}

function receive(state: State, at: number, from: StockLine | undefined, to: StockLine | undefined): void {
  const said = to?.amount ?? from?.amount ?? null;
  const delivery = deliveryTo(state, to?.holdingId);
  const source = from?.holdingId ?? noHolding;
  delivery.receipts += 1;
  const awaited = Math.min(delivery.awaited, said ?? 0);
  delivery.awaited -= awaited;
  const rest = said === null ? null : said - awaited;
  if (state.transit.has(source)) {
    delivery.ahead += Math.max(0, (rest ?? 0) - Math.max(0, stockOf(state, source).onHand));
    carry(state, at, rest, from, to);
    return;
  }
  // Shipped by the same source to nobody named: it comes out of transit, not out of the source again.
  const transit = state.transitOf.get(source);
  const onTheWay = transit === undefined ? 0 : Math.min(rest ?? 0, state.onTheWay.get(source) ?? 0);
  add(state.onTheWay, source, -onTheWay);
  if (onTheWay > 0 && from !== undefined && transit !== undefined)
    carry(state, at, onTheWay, { ...from, holdingId: transit }, to);
  const untold = rest === null ? null : rest - onTheWay;
  delivery.ahead += untold ?? 0;
  add(state.takenFrom, source, untold ?? 0);
  carry(state, at, untold, from, to);
}

const noHolding = -1;

function deliveryTo(state: State, holdingId = noHolding): Delivery {
  const found = state.deliveries.get(holdingId);
  if (found !== undefined) return found;
  const fresh: Delivery = { awaited: 0, ahead: 0, shipments: 0, receipts: 0, shippedAt: undefined };
  state.deliveries.set(holdingId, fresh);
  return fresh;
}

function carry(
  state: State,
  at: number,
  amount: number | null,
  from: StockLine | undefined,
  to: StockLine | undefined,
): void {
  if (amount === 0) return;
  const load =
    from === undefined
      ? { amount: amount ?? 0, tainted: 0, vague: amount === null }
      : take(state, { ...from, amount }, at);
  if (to === undefined) return;
  const own = state.sources.has(to.holdingId);
  put(state, to.holdingId, own ? { ...load, tainted: load.amount } : load);
}

function take(state: State, line: StockLine, at: number): Load {
  const stock = stockOf(state, line.holdingId);
  const amount = line.amount ?? 0;
  const share = state.sources.has(line.holdingId) ? 1 : shareOf(stock);
  const tainted = amount * share;
  stock.left += amount;
  stock.onHand -= amount;
  stock.tainted = Math.max(0, Math.min(stock.tainted - tainted, Math.max(0, stock.onHand)));
  stock.vague ||= line.amount === null;
  if (stock.onHand < stock.lowest) stock.lowest = stock.onHand;
  if (stock.onHand < -dustOf(stock) && stock.negativeAt === undefined) stock.negativeAt = at;
  return { amount, tainted, vague: line.amount === null || (stock.vague && shareOf(stock) > 0) };
}

function put(state: State, holdingId: number, load: Load): void {
  const stock = stockOf(state, holdingId);
  const tainted = state.sources.has(holdingId) ? load.amount : load.tainted;
  stock.received += load.amount;
  stock.onHand += load.amount;
  stock.tainted += tainted;
  stock.taintedReceived += tainted;
  stock.vague ||= load.vague;
}

/** The share of what is there; when the books say nothing is left, the share of all that ever came. */
function shareOf(stock: Stock): number {
  if (stock.onHand > dustOf(stock)) return Math.min(1, stock.tainted / stock.onHand);
  return stock.received > 0 ? Math.min(1, stock.taintedReceived / stock.received) : 0;
}

function stockOf(state: State, holdingId: number): Stock {
  const found = state.stocks.get(holdingId);
  if (found !== undefined) return found;
  const fresh: Stock = {
    received: 0,
    left: 0,
    onHand: 0,
    lowest: 0,
    negativeAt: undefined,
    tainted: 0,
    taintedReceived: 0,
    vague: false,
  };
  state.stocks.set(holdingId, fresh);
  return fresh;
}

function counted(line: StockLine): boolean {
  return line.role !== edgeRoles.moved && line.role !== edgeRoles.seen;
}

function add(map: Map<number, number>, key: number, amount: number): void {
  if (amount !== 0) map.set(key, (map.get(key) ?? 0) + amount);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Sums of decimal fractions are off by less than this. */
function dustOf(stock: Stock): number {
  return 1e-9 * Math.max(1, stock.received, stock.left);
}
