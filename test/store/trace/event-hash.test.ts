// An event is found by its hash wherever it stands among millions.
import { describe, expect, it } from 'vitest';
import { hashBytes } from '../../../server/trace/event/event-hash-bytes.ts';
import { idsOfHash } from '../../../server/trace/event/event-hash-store.ts';
import { events, hour, lotUri, openChainHouse, places, products } from '../../support/cast.ts';

describe('an event asked for by its hash', () => {
  it('is found in every run of events, by the index alone', () => {
    const house = openChainHouse();
    const capture = (number: number) =>
      house.capture([events.commission(hour(number), places.farm, [[lotUri(products.pig, `P${number}`), 1]])])
        .events[0];
    const first = capture(1);
    // As if many thousand others had come in between.
    house.db.sqlite.exec(
      `INSERT INTO event (id, hash, kind, at, zone_minutes, recorded_at, document_id, context_id, position, json)
       SELECT 70000, zeroblob(32), 'ObjectEvent', 0, 0, 0, 0, 0, 0, '{}'`,
    );
    const last = capture(2);
    const find = house.db.sqlite.prepare(idsOfHash('@hash')).pluck();
    const ids = [first, last].map((event) => find.all({ hash: hashBytes(event?.hash ?? '') }));
    expect(ids).toEqual([[1], [70_001]]);
    expect(find.all({ hash: Buffer.alloc(32, 1) })).toEqual([]);
    expect(house.capture([events.commission(hour(2), places.farm, [[lotUri(products.pig, 'P2'), 1]])]).duplicate).toBe(
      1,
    );
    const plan = house.db.sqlite.prepare(`EXPLAIN QUERY PLAN ${idsOfHash("x'00'")}`).all() as { detail: string }[];
    expect(plan.some(({ detail }) => detail.includes('INDEX event_hash'))).toBe(true);
    expect(plan.some(({ detail }) => detail.startsWith('SCAN e'))).toBe(false);
  });
});
