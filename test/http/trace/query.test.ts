// EPCIS events asked for over HTTP: by parameters, page by page, as JSON-LD and XML, and only what one may see.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { type Amount, documentOf, events, hour, lotUri, places, placeUri, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const belly: Amount = [lotUri(products.belly, 'A07'), 162, 'KGM'];
const pig: Amount = [lotUri(products.pig, 'HF1'), 6];

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
  const list = [
    events.commission(hour(0), places.farm, [pig]),
    events.ship(hour(1), places.farm, places.slaughterhouse, [pig]),
    events.receive(hour(2), places.slaughterhouse, places.farm, [pig]),
    events.transform(hour(3), places.slaughterhouse, [pig], [belly]),
    events.ship(hour(4), places.slaughterhouse, places.wholesaler, [belly]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

type Document = { epcisBody: { queryResults: { resultsBody: { eventList: { type: string; bizStep: string }[] } } } };
const ask = async (query: string, as: 'inspector' | 'partner' = 'inspector', sites: readonly string[] = []) => {
  const response = await server.call(`/epcis/events${query}`, { as, sites });
  const document = (await response.json()) as Document;
  return {
    response,
    list: document.epcisBody?.queryResults.resultsBody.eventList.map(({ type, bizStep }) => `${type} ${bizStep}`),
  };
};

describe('GET /epcis/events', () => {
  const cases: [string, string, string[]][] = [
    ['a business step', '?EQ_bizStep=receiving', ['ObjectEvent receiving']],
    [
      'a step by its URI',
      `?EQ_bizStep=${encodeURIComponent('https://ref.gs1.org/cbv/BizStep-receiving')}`,
      ['ObjectEvent receiving'],
    ],
    [
      'several steps',
      '?EQ_bizStep=shipping|receiving&orderDirection=ASC',
      ['ObjectEvent shipping', 'ObjectEvent receiving', 'ObjectEvent shipping'],
    ],
    ['a kind', '?eventType=TransformationEvent', ['TransformationEvent commissioning']],
    ['an action', '?EQ_action=ADD', ['ObjectEvent commissioning']],
    [
      'a time from and before',
      `?GE_eventTime=${new Date(hour(1)).toISOString()}&LT_eventTime=${new Date(hour(3)).toISOString()}`,
      ['ObjectEvent receiving', 'ObjectEvent shipping'],
    ],
    [
      'a lot in any role',
      `?MATCH_anyEPCClass=${encodeURIComponent(belly[0])}`,
      ['ObjectEvent shipping', 'TransformationEvent commissioning'],
    ],
    ['a lot as an input', `?MATCH_inputEPCClass=${encodeURIComponent(pig[0])}`, ['TransformationEvent commissioning']],
    [
      'a lot by its URN',
      `?MATCH_epcClass=${encodeURIComponent(`urn:epc:class:lgtin:${products.pig.slice(1, 8)}.${products.pig[0]}${products.pig.slice(8, 13)}.HF1`)}&EQ_bizStep=receiving`,
      ['ObjectEvent receiving'],
    ],
    ['a place', `?EQ_bizLocation=${encodeURIComponent(placeUri(places.farm))}`, ['ObjectEvent commissioning']],
    ['what is not there', '?EQ_bizStep=destroying', []],
  ];
  it.each(cases)('finds events by %s', async (_what, query, expected) => {
    const { response, list } = await ask(query);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/ld+json');
    expect(list).toEqual(expected);
  });

  it('goes through all events page by page, each once', async () => {
    const seen: string[] = [];
    let next = '?perPage=2';
    for (let pages = 0; next !== '' && pages < 5; pages++) {
      const { response, list } = await ask(next);
      seen.push(...(list ?? []));
      next = /<\/epcis\/events([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
    }
    expect(seen).toHaveLength(5);
  });

  it('names every parameter it does not understand', async () => {
    const response = await server.call('/epcis/events?EQ_bizStop=x&GE_eventTime=yesterday&perPage=-1', {
      as: 'inspector',
    });
    expect(response.status).toBe(400);
    const body = (await response.json()) as { type: string; faults: { place: string }[] };
    expect(body.type).toBe('epcisException:QueryParameterException');
    expect(body.faults.map(({ place }) => place)).toEqual(['EQ_bizStop', 'GE_eventTime', 'perPage']);
  });

  it('gives a partner what touches their places, and no more', async () => {
    const { list } = await ask('?orderDirection=ASC', 'partner', [places.farm]);
    expect(list).toEqual(['ObjectEvent commissioning', 'ObjectEvent shipping']);
    expect((await ask('', 'partner', [])).list).toEqual([]);
  });
});

describe('GET /epcis/events/{id}', () => {
  it('gives one event by its hash, as JSON-LD and as XML; another partner finds nothing', async () => {
    const hash = server.db.sqlite
      .prepare("SELECT lower(hex(hash)) FROM event WHERE kind = 'TransformationEvent'")
      .pluck()
      .get();
    const path = `/epcis/events/${encodeURIComponent(`ni:///sha-256;${hash}?ver=CBV2.0`)}`;
    const json = (await (await server.call(path, { as: 'inspector' })).json()) as Document;
    expect(json.epcisBody.queryResults.resultsBody.eventList).toMatchObject([{ type: 'TransformationEvent' }]);
    const xml = await server.call(path, { as: 'inspector', headers: { accept: 'application/xml' } });
    expect(xml.headers.get('content-type')).toContain('application/xml');
    expect(await xml.text()).toContain('TransformationEvent');
    expect((await server.call(path, { as: 'partner', sites: [places.farm] })).status).toBe(404);
    expect((await server.call('/epcis/events/urn:uuid:nothing', { as: 'inspector' })).status).toBe(404);
  });
});
