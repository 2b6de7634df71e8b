// The public page of a lot as JSON: the same field list, times in ISO 8601.
import type { DinerLot } from '../../../views/trace/diner/diner-lot.ts';

export function dinerJson(lot: DinerLot, code: string): Record<string, unknown> {
  return {
    code,
    state: lot.state,
    recall:
      lot.recall === null
        ? null
        : { ...lot.recall, issuedAt: iso(lot.recall.issuedAt), closedAt: iso(lot.recall.closedAt) },
    product: lot.productName,
    productEn: lot.productNameEn,
    variety: lot.variety,
    batch: lot.batch,
    serial: lot.serial,
    origin: lot.origin,
    producedAt: iso(lot.producedAt),
    expiresAt: iso(lot.expiresAt),
    stations: lot.stations.map(({ name, nameEn, kind, address, addressEn, at, steps, breaches }) => ({
      name,
      nameEn,
      kind,
      address,
      addressEn,
      at: iso(at),
      steps,
      breaches: breaches.map(({ fromAt, untilAt, worstC }) => ({ from: iso(fromAt), until: iso(untilAt), worstC })),
    })),
    stationsCut: lot.stationsCut === 'cut',
    onwardTo: lot.onward,
    certificates: lot.certificates.map(({ issuedAt, expiresAt, ...certificate }) => ({
      ...certificate,
      issuedAt: iso(issuedAt),
      expiresAt: iso(expiresAt),
    })),
    tests: lot.tests.map(({ testedAt, ...test }) => ({ ...test, testedAt: iso(testedAt) })),
    temperature:
      lot.cold === null
        ? null
        : {
            minC: lot.cold.minC,
            maxC: lot.cold.maxC,
            readings: lot.cold.readings.map(({ at, value }) => [iso(at), value]),
          },
    records: lot.records,
    checkedAt: iso(lot.checkedAt),
  };
}

function iso(at: number | null): string | null {
  return at === null || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}
