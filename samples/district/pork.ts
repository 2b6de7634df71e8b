// The pork of the sample district: two farms, one abattoir, two dealers, a central kitchen, three restaurants.
import {
  type Amount,
  type Certificate,
  commission,
  type EpcisEvent,
  type Lot,
  receive,
  serve,
  ship,
  transform,
} from './event-writer.ts';
import type { PlaceName } from './places.ts';
import type { ProductName } from './products.ts';

type Day = (daysAgo: number, hour: number, minute?: number) => number;

/** The lot that the sample recall is about. */
export const recalledLot: Lot = { product: 'belly', batch: 'A07' };

export function porkEvents(day: Day): EpcisEvent[] {
  return [
    ...slaughter(day, 6, 'A05', 'hefeng', 5),
    ...slaughter(day, 4, 'A07', 'hefeng', 6),
    ...slaughter(day, 4, 'B12', 'yunling', 4),
    ...slaughter(day, 2, 'B14', 'yunling', 5),
    ...slaughter(day, 1, 'A09', 'hefeng', 4),
    ...dealers(day),
    ...kitchens(day),
    ...tables(day),
  ];
}

const kilogramsPerPig = 83;
const share = { belly: 0.325, leg: 0.3, ribs: 0.15 } as const;

/** Live pigs arrive in the evening, become a carcass lot by night and cuts by morning; both certificates follow. */
function slaughter(day: Day, daysAgo: number, batch: string, farm: PlaceName, heads: number): EpcisEvent[] {
  const pigs = [amount('pig', `P-${batch}`, heads)];
  const weight = heads * kilogramsPerPig;
  const carcass = [amount('carcass', batch, weight)];
  const quarantine: Certificate = {
    kind: 'quarantine',
    number: `3301${batch.slice(1).padStart(2, '0')}88${heads}210`,
    issuer: '云溪县动物卫生监督所',
  };
  const quality: Certificate = { kind: 'quality', number: `YX-${batch}-2026`, issuer: '云溪联合屠宰厂' };
  return [
    commission(day(daysAgo + 1, 9), farm, pigs, '浙江云溪', [quarantine]),
    ship(day(daysAgo + 1, 15), farm, 'abattoir', pigs),
    receive(day(daysAgo + 1, 18), farm, 'abattoir', pigs),
    transform(day(daysAgo, 1), 'abattoir', pigs, carcass, [quarantine, quality]),
    transform(
      day(daysAgo, 4),
      'abattoir',
      carcass,
      (['belly', 'leg', 'ribs'] as const).map((cut) => amount(cut, batch, round(weight * share[cut]))),
      [quality],
    ),
  ];
}

function dealers(day: Day): EpcisEvent[] {
  return [
    ...move(day(6, 6), day(6, 8), 'abattoir', 'wangji', [
      amount('belly', 'A05', 80),
      amount('leg', 'A05', 60),
      amount('ribs', 'A05', 40),
    ]),
    ...move(day(4, 6), day(4, 8), 'abattoir', 'wangji', [amount('belly', 'A07', 96), amount('ribs', 'A07', 40)]),
    ...move(
      day(4, 6, 20),
      day(4, 9),
      'abattoir',
      'beian',
      [amount('belly', 'A07', 65.8), amount('leg', 'A07', 80)],
      cold(day(4, 6, 30), [2.1, 2.4, 3.0, 3.3, 2.9]),
    ),
    ...move(day(4, 7), day(4, 9, 30), 'abattoir', 'central', [amount('leg', 'B12', 55), amount('belly', 'B12', 40)]),
    ...move(
      day(2, 6),
      day(2, 8),
      'abattoir',
      'beian',
      [amount('belly', 'B14', 90), amount('leg', 'B14', 90), amount('ribs', 'B14', 45)],
      cold(day(2, 6, 15), [1.8, 2.2, 2.0, 2.6]),
    ),
  ];
}

function kitchens(day: Day): EpcisEvent[] {
  const mince = [amount('mince', 'M03', 100)];
  return [
    ...move(day(4, 12), day(4, 13), 'beian', 'central', [amount('belly', 'A07', 45)]),
    transform(day(3, 5), 'central', [amount('belly', 'A07', 45), amount('leg', 'B12', 55)], mince),
    transform(
      day(3, 7),
      'central',
      [amount('mince', 'M03', 30), amount('belly', 'B12', 10)],
      [amount('wonton', 'W11', 38)],
    ),
    transform(
      day(2, 5),
      'central',
      [amount('leg', 'B14', 40), amount('belly', 'B14', 20)],
      [amount('mince', 'M04', 60)],
    ),
  ];
}

function tables(day: Day): EpcisEvent[] {
  return [
    ...move(day(6, 10), day(6, 10, 50), 'wangji', 'dingxiang', [amount('belly', 'A05', 20), amount('ribs', 'A05', 12)]),
    ...move(day(6, 10, 20), day(6, 11), 'wangji', 'laojiefang', [amount('leg', 'A05', 25)]),
    ...move(day(4, 10), day(4, 10, 50), 'wangji', 'dingxiang', [amount('belly', 'A07', 24), amount('ribs', 'A07', 10)]),
    ...move(day(4, 10, 20), day(4, 11, 10), 'wangji', 'laojiefang', [amount('belly', 'A07', 30)]),
    ...move(day(3, 9), day(3, 10), 'beian', 'sanwei', [amount('belly', 'A07', 18), amount('leg', 'A07', 22)]),
    ...move(day(3, 10), day(3, 11), 'central', 'sanwei', [amount('mince', 'M03', 40)]),
    ...move(day(3, 10, 30), day(3, 11, 30), 'central', 'laojiefang', [amount('wonton', 'W11', 20)]),
    ...move(day(2, 10), day(2, 11), 'beian', 'dingxiang', [amount('belly', 'B14', 22), amount('ribs', 'B14', 12)]),
    ...move(day(1, 9), day(1, 10), 'central', 'laojiefang', [amount('mince', 'M04', 18)]),
    serve(day(5, 20), 'dingxiang', [amount('belly', 'A05', 19.5), amount('ribs', 'A05', 12)]),
    serve(day(5, 21), 'laojiefang', [amount('leg', 'A05', 25)]),
    serve(day(3, 20), 'dingxiang', [amount('belly', 'A07', 15.5)]),
    serve(day(3, 20, 30), 'laojiefang', [amount('belly', 'A07', 12)]),
    serve(day(2, 20), 'sanwei', [amount('mince', 'M03', 22), amount('belly', 'A07', 6.4)]),
  ];
}

function move(
  leaves: number,
  arrives: number,
  from: PlaceName,
  to: PlaceName,
  amounts: readonly Amount[],
  readings: ReturnType<typeof cold> = [],
): EpcisEvent[] {
  return [ship(leaves, from, to, amounts), receive(arrives, from, to, amounts, readings)];
}

/** A reading every half hour. */
function cold(from: number, celsius: readonly number[]) {
  return celsius.map((value, index) => ({ at: from + index * 1_800_000, celsius: value }));
}

function amount(product: ProductName, batch: string, quantity: number): Amount {
  return { lot: { product, batch }, quantity };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
