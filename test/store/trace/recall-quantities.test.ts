// How much of a recalled lot is where: the numbers a recall gives, in the situations where other systems were wrong.
import { describe, expect, it } from 'vitest';
import {
  type Amount,
  caseUri,
  events,
  hour,
  type Json,
  lotUri,
  places,
  placeUri,
  products,
} from '../../support/cast.ts';
import { recallOf } from '../../support/recalled.ts';

const meat = lotUri(products.belly, 'X');
const mince = lotUri(products.mince, 'P');
const clean = lotUri(products.belly, 'Y');
const { slaughterhouse: plant, dingxiang, haiwei, wholesaler } = places;

const delivered = (from: string, to: string, amounts: readonly Amount[], at: number) => [
  events.ship(hour(at), from, to, amounts),
  events.receive(hour(at + 1), to, from, amounts),
];

describe('what is on hand in a recall', () => {
  const topped = [
    events.commission(hour(1), plant, [[mince, 100, 'KGM']]),
    ...delivered(plant, dingxiang, [[mince, 60, 'KGM']], 2),
    events.commission(hour(4), plant, [[meat, 50, 'KGM']]),
    events.transform(hour(5), plant, [[meat, 50, 'KGM']], [[mince, 50, 'KGM']]),
  ];

  it('has lost once what was delivered before the recalled goods came', () => {
    const { at } = recallOf(meat, topped);
    expect(at(mince, plant)).toMatchObject({ received: 150, onHand: 90, share: 50, scope: 'proportional' });
    expect(at(mince, dingxiang)).toBeUndefined();
  });

  it('and what is delivered after takes its part of the recalled goods along', () => {
    const { at } = recallOf(meat, [...topped, ...delivered(plant, haiwei, [[mince, 45, 'KGM']], 6)]);
    expect(at(mince, plant)).toMatchObject({ onHand: 45, share: 25 });
    expect(at(mince, haiwei)).toMatchObject({ received: 45, onHand: 45, share: 25 });
  });

  it('also where the recalled goods come from another plant of the same lot', () => {
    const { at } = recallOf(meat, [
      events.commission(hour(1), plant, [[mince, 100, 'KGM']]),
      ...delivered(plant, haiwei, [[mince, 40, 'KGM']], 2),
      events.commission(hour(3), wholesaler, [[meat, 10, 'KGM']]),
      events.commission(hour(3), wholesaler, [[clean, 10, 'KGM']]),
      events.transform(
        hour(4),
        wholesaler,
        [
          [meat, 10, 'KGM'],
          [clean, 10, 'KGM'],
        ],
        [[mince, 20, 'KGM']],
      ),
      ...delivered(wholesaler, plant, [[mince, 20, 'KGM']], 5),
    ]);
    expect(at(mince, plant)).toMatchObject({ received: 120, onHand: 80, share: 10 });
  });

  it('is unknown where kilograms came and pieces left, with the reason, and a finding at that place', () => {
    const told = [
      events.commission(hour(1), plant, [[meat, 500, 'KGM']]),
      events.ship(hour(2), plant, dingxiang, [[meat, 20]]),
    ];
    const { at, findings } = recallOf(meat, told);
    expect(at(meat, plant)).toMatchObject({ received: 500, onHand: null, share: null, unit: 'KGM', reason: 'units' });
    expect(at(meat, dingxiang)).toMatchObject({ received: 20, onHand: 20, unit: 'C62', reason: null });
    expect(findings().filter(({ kind }) => kind === 'unit')).toMatchObject([
      { siteId: plant, detail: { unit: 'C62' } },
    ]);
  });

  it('is unknown where pieces came and kilograms left, and known at the shop that weighed them', () => {
    const told = [
      events.commission(hour(1), plant, [[meat, 40]]),
      ...delivered(plant, dingxiang, [[meat, 500, 'KGM']], 2),
    ];
    const { at } = recallOf(meat, told);
    expect(at(meat, plant)).toMatchObject({ received: 40, onHand: null, unit: 'C62', reason: 'units' });
    expect(at(meat, dingxiang)).toMatchObject({ received: 500, onHand: 500, unit: 'KGM' });
  });

  it('is what the shop weighed, where the shipper counted boxes', () => {
    const told = [
      events.commission(hour(1), plant, [[meat, 40]]),
      events.ship(hour(2), plant, dingxiang, [[meat, 20]]),
      events.receive(hour(3), dingxiang, plant, [[meat, 247, 'KGM']]),
    ];
    const { at } = recallOf(meat, told);
    expect(at(meat, plant)).toMatchObject({ onHand: 20, unit: 'C62' });
    expect(at(meat, dingxiang)).toMatchObject({ received: 247, onHand: 247, unit: 'KGM' });
  });

  it('is what was counted last, and what is missing is a finding', () => {
    const count = { ...events.observe(hour(6), plant, [[mince, 72, 'KGM']]), bizStep: 'stock_taking' };
    const { at, findings } = recallOf(meat, [...topped, count]);
    expect(at(mince, plant)).toMatchObject({ received: 150, onHand: 72, share: 40 });
    expect(findings().filter(({ kind }) => kind === 'recount')).toMatchObject([
      { siteId: plant, detail: { books: 90, found: 72, unit: 'KGM' } },
    ]);
  });

  it('is not changed by somebody who merely looked at some of it', () => {
    const { at } = recallOf(meat, [...topped, events.observe(hour(6), plant, [[mince, 1, 'KGM']])]);
    expect(at(mince, plant)).toMatchObject({ onHand: 90, share: 50 });
  });
});

describe('recalled goods inside something else', () => {
  it('are never more than there was: 10 kg of meat in 30 kg of soup are 10 kg, and the soup is what contains them', () => {
    const told = [
      events.commission(hour(1), plant, [[meat, 10, 'KGM']]),
      events.transform(hour(2), plant, [[meat, 10, 'KGM']], [[mince, 30, 'KGM']]),
    ];
    const { at } = recallOf(meat, [...told, ...delivered(plant, dingxiang, [[mince, 15, 'KGM']], 3)]);
    expect(at(mince, plant)).toMatchObject({ scope: 'proportional', onHand: 15, share: 5 });
    expect(at(mince, dingxiang)).toMatchObject({ scope: 'proportional', onHand: 15, share: 5 });
  });

  it('are all of it where nothing else went in, in whatever it is counted', () => {
    const told = [
      events.commission(hour(1), plant, [[meat, 10, 'KGM']]),
      events.transform(hour(2), plant, [[meat, 10, 'KGM']], [[mince, 40]]),
    ];
    const { at } = recallOf(meat, [...told, ...delivered(plant, dingxiang, [[mince, 16]], 3)]);
    expect(at(mince, plant)).toMatchObject({ scope: 'proportional', onHand: 24, share: 24, unit: 'C62', reason: null });
    expect(at(mince, dingxiang)).toMatchObject({ scope: 'proportional', onHand: 16, share: 16 });
  });

  it('may be in it, where portions were made of them and of others', () => {
    const told = [
      events.commission(hour(1), plant, [
        [meat, 10, 'KGM'],
        [clean, 10, 'KGM'],
      ]),
      events.transform(
        hour(2),
        plant,
        [
          [meat, 10, 'KGM'],
          [clean, 10, 'KGM'],
        ],
        [[mince, 40]],
      ),
    ];
    expect(recallOf(meat, told).at(mince, plant)).toMatchObject({
      scope: 'potential',
      onHand: 40,
      share: null,
      reason: 'mixed',
    });
  });
});

describe('clean goods of a touched lot', () => {
  it('that are mixed with recalled ones elsewhere go in once', () => {
    const { at } = recallOf(meat, [
      events.commission(hour(0), wholesaler, [[meat, 10, 'KGM']]),
      events.transform(hour(1), wholesaler, [[meat, 5, 'KGM']], [[mince, 5, 'KGM']]),
      events.commission(hour(1), plant, [[mince, 50, 'KGM']]),
      ...delivered(wholesaler, plant, [[meat, 5, 'KGM']], 2),
      events.transform(
        hour(4),
        plant,
        [
          [mince, 15, 'KGM'],
          [meat, 5, 'KGM'],
        ],
        [[clean, 20, 'KGM']],
      ),
    ]);
    expect(at(mince, plant)).toBeUndefined();
    expect(at(clean, plant)).toMatchObject({ scope: 'proportional', onHand: 20, share: 5 });
  });
});

describe('small things that change a recall', () => {
  /** 100 kg of meat, 50 of them become mince, 20 kg of which go to a kitchen. */
  const story = [
    events.commission(hour(0), plant, [[meat, 100, 'KGM']]),
    events.transform(hour(1), plant, [[meat, 50, 'KGM']], [[mince, 50, 'KGM']]),
    ...delivered(plant, dingxiang, [[mince, 20, 'KGM']], 2),
  ];
  const kitchen = (...more: Json[]) => recallOf(meat, [...story, ...more]).at(mince, dingxiang);

  it('a sighting does not blur the books', () => {
    expect(kitchen(events.observe(hour(4), dingxiang, [[mince, 20, 'KGM']]))).toMatchObject({
      scope: 'proportional',
      share: 20,
    });
  });

  it('a receipt or a sale of nobody knows how much leaves no exact number', () => {
    expect(kitchen(events.receive(hour(4), dingxiang, plant, [[mince]]))).toMatchObject({
      scope: 'potential',
      share: null,
      onHand: null,
      reason: 'unsaid',
    });
    expect(kitchen(events.sell(hour(4), dingxiang, [[mince]]))).toMatchObject({
      scope: 'potential',
      share: null,
      received: 20,
      onHand: null,
    });
  });

  it('goods that leave empty books are still recalled goods', () => {
    const more = [
      events.sell(hour(4), dingxiang, [[mince, 20, 'KGM']]),
      events.ship(hour(5), dingxiang, haiwei, [[mince, 5, 'KGM']]),
    ];
    expect(recallOf(meat, [...story, ...more]).at(mince, haiwei)).toMatchObject({ scope: 'proportional', share: 5 });
  });

  it('a receipt stands where the goods arrived, not at the party that was named', () => {
    const named = { destinationList: [{ type: 'location', destination: placeUri(dingxiang) }] };
    const { at } = recallOf(meat, [...story, events.receive(hour(5), haiwei, plant, [[mince, 3, 'KGM']], named)]);
    expect(at(mince, haiwei)).toMatchObject({ received: 3 });
  });

  it('goods shipped to a company and received by its shop are at the shop alone', () => {
    const named = { destinationList: [{ type: 'location', destination: placeUri(wholesaler) }] };
    const { at } = recallOf(meat, [
      ...story,
      events.ship(hour(5), plant, wholesaler, [[mince, 8, 'KGM']]),
      events.receive(hour(6), haiwei, plant, [[mince, 8, 'KGM']], named),
    ]);
    expect(at(mince, haiwei)).toMatchObject({ received: 8, onHand: 8, share: 8 });
    expect(at(mince, wholesaler)).toMatchObject({ received: 0, onHand: 0 });
    expect(at(mince, plant)).toMatchObject({ onHand: 22 });
  });

  it('a shipment to oneself moves nothing', () => {
    expect(kitchen(events.ship(hour(5), dingxiang, dingxiang, [[mince, 7, 'KGM']]))).toMatchObject({
      received: 20,
      onHand: 20,
    });
  });

  it('a rare unit is no number of pieces', () => {
    const { at } = recallOf(meat, [
      events.commission(hour(0), plant, [[meat, 3, 'DTN']]),
      events.sell(hour(1), plant, [[meat, 100, 'KGM']]),
    ]);
    expect(at(meat, plant)).toMatchObject({ received: 300, onHand: 200, unit: 'KGM' });
  });

  it('what runs through a process of several events is held by nobody', () => {
    const process = { transformationID: 'urn:x:p1' };
    const { named } = recallOf(meat, [
      events.commission(hour(0), plant, [[meat, 9, 'KGM']]),
      events.transform(hour(1), plant, [[meat, 9, 'KGM']], [], process),
      events.transform(hour(2), plant, [], [[mince, 9, 'KGM']], process),
    ]);
    expect(named.map(({ code }) => code).sort()).toEqual([meat, mince].sort());
  });

  it('a thing named beside the case it lies in counts once, however deep it is packed', () => {
    const [box, tray, pallet] = [1, 2, 3].map(caseUri) as [string, string, string];
    const packed = [
      events.commission(hour(0), plant, [[meat, 9, 'KGM']]),
      events.pack(hour(1), plant, box, [[meat, 9, 'KGM']]),
      events.pack(hour(1.1), plant, tray, [], { childEPCs: [box] }),
      events.pack(hour(1.2), plant, pallet, [], { childEPCs: [tray] }),
    ];
    const deep = events.ship(hour(2), plant, dingxiang, [], { epcList: [pallet] });
    const beside = events.ship(hour(2), plant, dingxiang, [[meat, 9, 'KGM']], { epcList: [box] });
    for (const shipped of [deep, beside])
      expect(recallOf(meat, [...packed, shipped]).at(meat, dingxiang)).toMatchObject({ received: 9 });
  });
});
