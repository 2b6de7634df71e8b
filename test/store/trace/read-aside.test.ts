// Large documents are read in another thread, and storing cannot tell the difference.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../server/http/problem.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { packEvents, unpackEvents } from '../../../server/trace/capture/draft-pack.ts';
import { openDocumentReader } from '../../../server/trace/capture/read-aside.ts';
import { caseUri, documentOf, events, hour, lotUri, openChainHouse, places, products } from '../../support/cast.ts';

const { farm, slaughterhouse, wholesaler, dingxiang } = places;
const pig = lotUri(products.pig, 'P/1');
const belly = lotUri(products.belly, 'B1');
const ilmd = { 'cbvmda:itemExpirationDate': '2026-12-01', 'cbvmda:countryOfOrigin': 'CN' };
const sensorElementList = [
  { sensorMetadata: { time: '2026-11-20T09:00:00Z' }, sensorReport: [{ type: 'Temperature', value: 39, uom: 'FAH' }] },
];
const shipped = events.ship(hour(3), slaughterhouse, wholesaler, [[belly, 30, 'KGM']], {
  eventID: 'urn:uuid:1',
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:6900000000001:1' }],
  sensorElementList,
});

/** An event of every kind, with all that an event can say. */
const list = [
  events.commission(hour(0), farm, [[pig, 1]], { ilmd, certificationInfo: 'https://quarantine.example.cn/A1' }),
  events.transform(hour(1), slaughterhouse, [[pig, 1]], [[belly, 30.5, 'KGM']], { transformationID: 'urn:x:t1' }),
  events.pack(hour(2), slaughterhouse, caseUri(1), [[belly, 30, 'KGM']]),
  shipped,
  events.receive(hour(4), dingxiang, undefined, [[belly, 30, 'KGM']]),
  events.observe(hour(5), dingxiang, [[`https://id.gs1.org/01/${products.belly}`]]),
  events.declareWrong(shipped, hour(6)),
];

describe('a document read in another thread', () => {
  it('brings every event as it was read, packed and unpacked', () => {
    const read = readForCapture(documentOf(list), 'application/ld+json');
    expect(read.events).toHaveLength(list.length);
    expect(read.events.every((event) => 'draft' in event)).toBe(true);
    expect(unpackEvents(packEvents(read.events))).toEqual(read.events);
  });

  it('brings what is wrong with an event, in its place', () => {
    const broken = [list[0], { ...shipped, action: 'SHOUT' }, list[4]] as typeof list;
    const read = readForCapture(documentOf(broken), 'application/ld+json');
    expect('faults' in (read.events[1] ?? {})).toBe(true);
    expect(unpackEvents(packEvents(read.events))).toEqual(read.events);
  });

  it('that is never done is given up, and whoever sent it is told so', async () => {
    const script = new URL('../../support/hanging-reader.ts', import.meta.url);
    const read = openDocumentReader({ script, longestMs: 200 });
    const large = () => documentOf(Array.from({ length: 200 }, (_, n) => events.observe(hour(n), farm, [[pig, 1]])));
    const refused = { code: 'busy', message: expect.stringContaining('not read within 0.2 s') };
    await expect(read(large(), 'application/ld+json')).rejects.toMatchObject(refused);
    await expect(read(large(), 'application/ld+json')).rejects.toMatchObject(refused);
  });

  it('is stored the same, and verified against what came', async () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      events.commission(hour(n / 10), farm, [[lotUri(products.pig, `P${n}`), 1, 'KGM']]),
    );
    const read = openDocumentReader();
    const aside = await read(documentOf(many), 'application/ld+json');
    expect(aside).toEqual({ ...readForCapture(documentOf(many), 'application/ld+json'), kept: expect.anything() });
    const house = openChainHouse();
    expect(captureDocument(house, aside, null, { onError: 'rollback' }).accepted).toBe(300);
    const [row] = house.db.sqlite.prepare('SELECT byte_count, length(bytes) AS packed FROM event_document').all();
    expect(row).toMatchObject({ byte_count: documentOf(many).length });
    expect((row as { packed: number }).packed * 8).toBeLessThan(documentOf(many).length);
  });

  it('is refused with its faults when it is no document', async () => {
    const read = openDocumentReader();
    const noise = Buffer.from(`{"type":"EPCISDocument","epcisBody":${' '.repeat(50_000)}`);
    await expect(read(noise, 'application/ld+json')).rejects.toBeInstanceOf(Problem);
  });
});
