// What hands tell of a small world: its happenings as EPCIS events.
import { type Amount, dayOne, events, gln, type Json, lotUri, placeUri, products } from './cast.ts';
import { type At, type Delivery, type Happening, type Line, lots, type Said, sites } from './goods-story.ts';

/** Of a firm too: it has a number, and no goods. */
export const siteId = (site: number) => gln(200 + site);
export const sitesById = new Map(Array.from({ length: 2 * sites }, (_, site) => [siteId(site), site]));

export type World = { readonly lotOf: (lot: number) => string; readonly lotsByCode: ReadonlyMap<string, number> };

/** Each world has lots of its own, so that thousands of them share one database. */
export function worldOf(number: number, product: string = products.pig): World {
  const lotOf = (lot: number) => lotUri(product, `g${number}-${lot}`);
  return { lotOf, lotsByCode: new Map(Array.from({ length: lots }, (_, lot) => [lotOf(lot), lot])) };
}

export function eventsOf({ lotOf }: World, happening: Happening): Json[] {
  const amount = (lot: number, { told }: Said): Amount =>
    told === undefined
      ? [lotOf(lot)]
      : told.unit === undefined
        ? [lotOf(lot), told.quantity]
        : [lotOf(lot), told.quantity, told.unit];
  const amounts = (lines: readonly Line[]) => lines.map(({ lot, said }) => amount(lot, said));
  switch (happening.kind) {
    case 'made':
    case 'gone':
    case 'counted':
    case 'seen': {
      const { lot, said, site } = happening;
      const at = dayOne + happening.at;
      const what = [amount(lot, said)];
      if (happening.kind === 'made') return [events.commission(at, siteId(site), what)];
      if (happening.kind === 'gone') return [events.sell(at, siteId(site), what)];
      if (happening.kind === 'seen') return [events.observe(at, siteId(site), what)];
      return [events.observe(at, siteId(site), what, { bizStep: 'stock_taking' })];
    }
    case 'mixed': {
      const { at, site, ins, outs } = happening;
      return [events.transform(dayOne + at, siteId(site), amounts(ins), amounts(outs))];
    }
    case 'mistake': {
      const wrong = mistaken(happening, lotOf);
      return [wrong, events.declareWrong(wrong, dayOne + happening.at + 1)];
    }
    case 'delivery':
      return deliveryEvents(happening, (said) => [amount(happening.lot, said)]);
  }
}

function mistaken(mistake: Extract<Happening, { kind: 'mistake' }>, lotOf: World['lotOf']): Json {
  const [at, from, to] = [dayOne + mistake.at, siteId(mistake.from), siteId(mistake.to)];
  const amounts: Amount[] = [[lotOf(mistake.lot), 77, 'KGM']];
  const made: Amount[] = [[lotOf((mistake.lot + 1) % lots), 70, 'KGM']];
  const wrong = {
    shipped: () => events.ship(at, from, to, amounts),
    received: () => events.receive(at, to, from, amounts),
    receivedOfNobody: () => events.receive(at, to, undefined, amounts),
    made: () => events.commission(at, from, amounts),
    mixed: () => events.transform(at, from, amounts, made),
    counted: () => events.observe(at, from, amounts, { bizStep: 'stock_taking' }),
    gone: () => events.sell(at, from, amounts),
  };
  return wrong[mistake.of]();
}

function deliveryEvents(delivery: Delivery, amounts: (said: Said) => Amount[]): Json[] {
  const { from, to, shipped, received, via, paper, takenBackAt } = delivery;
  const name = (site: At) => (site === null ? undefined : siteId(site));
  const told: Json[] = [];
  const ship = (at: number, more: Json = {}) =>
    shipped === undefined
      ? []
      : [events.ship(dayOne + at, siteId(from), name(shipped.to), amounts(shipped.said), more)];
  const named =
    via === undefined ? {} : { destinationList: [{ type: 'location', destination: placeUri(siteId(via)) }] };
  const receipts = received.map(({ at, said, from: source }) =>
    events.receive(dayOne + at, siteId(to), name(source), amounts(said), named),
  );
  if (shipped !== undefined) told.push(...ship(shipped.at));
  told.push(...receipts);
  if (takenBackAt !== undefined) told.push(...ship(takenBackAt, { bizStep: 'void_shipping' }));
  if (paper?.of === 'shipment') told.push(...ship(paper.at).map(onPaper));
  const [receipt] = receipts;
  if (paper?.of === 'receipt' && receipt !== undefined)
    told.push(onPaper({ ...receipt, eventTime: new Date(dayOne + paper.at).toISOString() }));
  return told;
}

function onPaper(event: Json): Json {
  return {
    ...event,
    type: 'TransactionEvent',
    action: 'ADD',
    bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:x:paper' }],
  };
}
