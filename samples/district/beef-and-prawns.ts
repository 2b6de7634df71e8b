// The beef of one ranch, and frozen prawns from abroad that get their code at the first station in the country.
import {
  type Amount,
  commission,
  type EpcisEvent,
  type Reading,
  receive,
  serve,
  ship,
  transform,
} from './event-writer.ts';
import type { PlaceName } from './places.ts';
import type { ProductName } from './products.ts';

type Day = (daysAgo: number, hour: number, minute?: number) => number;

export function beefEvents(day: Day): EpcisEvent[] {
  return ['C01', 'C02'].flatMap((batch, index) => {
    const daysAgo = 7 - index * 3;
    const cattle = [amount('cattle', `N-${batch}`, 3)];
    const sides = [amount('beefSide', batch, 780)];
    const cuts = [amount('brisket', batch, 120), amount('shank', batch, 66)];
    const quarantine = {
      kind: 'quarantine',
      number: `3302${index}99${daysAgo}`,
      issuer: '青原县动物卫生监督所',
    } as const;
    return [
      commission(day(daysAgo + 2, 8), 'qingyuan', cattle, '浙江青原', [quarantine]),
      ship(day(daysAgo + 1, 8), 'qingyuan', 'abattoir', cattle),
      receive(day(daysAgo + 1, 14), 'qingyuan', 'abattoir', cattle),
      transform(day(daysAgo, 2), 'abattoir', cattle, sides, [quarantine]),
      // The rest of the sides hangs in the cold store.
      transform(day(daysAgo, 9), 'abattoir', [amount('beefSide', batch, 250)], cuts, [
        { kind: 'quality', number: `YX-${batch}-2026`, issuer: '云溪联合屠宰厂' },
      ]),
      ...move(day(daysAgo, 12), day(daysAgo, 14), 'abattoir', 'beian', cuts),
      ...move(day(daysAgo - 1, 9), day(daysAgo - 1, 10), 'beian', 'laojiefang', [
        amount('brisket', batch, 48),
        amount('shank', batch, 20),
      ]),
      ...move(day(daysAgo - 1, 9, 30), day(daysAgo - 1, 10, 30), 'beian', 'dingxiang', [amount('shank', batch, 14)]),
      serve(day(daysAgo - 2, 21), 'laojiefang', [amount('brisket', batch, 31)]),
    ];
  });
}

/** Two containers; the truck that carried the second stood with its door open for an hour. */
export function prawnEvents(day: Day): EpcisEvent[] {
  return [...container(day, 'EC-2026-0911', 40, false), ...container(day, 'EC-2026-0925', 26, true)];
}

function container(day: Day, batch: string, daysAgo: number, warm: boolean): EpcisEvent[] {
  const live = [amount('rawPrawn', `L-${batch}`, 5200)];
  const frozen = [amount('prawn', batch, 4800)];
  const customs = { kind: 'customs', number: `1180${batch.slice(-4)}26`, issuer: '北港海关' } as const;
  const load = warm ? 600 : 900;
  const arrives = warm ? 5 : 12;
  return [
    commission(day(daysAgo + 2, 10), 'costaAzul', live, 'Ecuador'),
    ...move(day(daysAgo + 1, 6), day(daysAgo + 1, 9), 'costaAzul', 'packer', live),
    transform(day(daysAgo, 8), 'packer', live, frozen),
    ship(day(daysAgo - 1, 8), 'packer', 'port', frozen),
    {
      ...receive(
        day(arrives + 3, 9),
        'packer',
        'port',
        frozen,
        curve(day(arrives + 3, 3), [-21.4, -21.0, -20.8, -21.2]),
      ),
      certificationInfo: [`https://bright-kitchen.example/customs/${customs.number}`],
    },
    ...move(
      day(arrives, 7),
      day(arrives, 11),
      'port',
      'beian',
      [amount('prawn', batch, load)],
      curve(
        day(arrives, 7),
        warm ? [-20.6, -19.8, -14.2, -9.6, -8.1, -12.4, -17.0, -19.2] : [-20.9, -20.7, -20.4, -20.6, -20.8],
      ),
    ),
    ...move(
      day(arrives - 2, 9),
      day(arrives - 2, 10),
      'beian',
      'sanwei',
      [amount('prawn', batch, 40)],
      curve(day(arrives - 2, 9), [-19.1, -18.7]),
    ),
    ...move(day(arrives - 2, 9, 30), day(arrives - 2, 10, 30), 'beian', 'dingxiang', [amount('prawn', batch, 25)]),
    serve(day(arrives - 3, 21), 'sanwei', [amount('prawn', batch, 18)]),
  ];
}

function move(
  leaves: number,
  arrives: number,
  from: PlaceName,
  to: PlaceName,
  amounts: readonly Amount[],
  readings: readonly Reading[] = [],
): EpcisEvent[] {
  return [ship(leaves, from, to, amounts), receive(arrives, from, to, amounts, readings)];
}

function curve(from: number, celsius: readonly number[]): Reading[] {
  return celsius.map((value, index) => ({ at: from + index * 1_800_000, celsius: value }));
}

function amount(product: ProductName, batch: string, quantity: number): Amount {
  return { lot: { product, batch }, quantity };
}
