// The EPCIS 2.0 query side: everything captured queries back equal, every parameter decides, and nobody sees another's.
import { beforeAll, describe, expect, it } from 'vitest';
import {
  caseUri,
  documentOf,
  events,
  hour,
  type Json,
  lotUri,
  places,
  placeUri,
  products,
} from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

type Listed = { type: string; eventID: string; recordTime: string; bizStep?: string; errorDeclaration?: object };

type Document = {
  type: string;
  epcisBody: { queryResults: { queryName: string; resultsBody: { eventList: Listed[] } } };
};

type Refusal = { type: string; status: number; faults: { place: string; code: string }[] };

type Collection = { type: string; member: string[] };

let server: TestServer;

const link = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

const get = (path: string, accept?: string) =>
  server.call(path, { as: 'inspector', ...(accept === undefined ? {} : { headers: { accept } }) });

const listOf = async (response: Response) =>
  ((await response.json()) as Document).epcisBody.queryResults.resultsBody.eventList;

async function capture(
  body: string | Buffer,
  mediaType = 'application/ld+json',
  site: string | undefined = undefined,
): Promise<Response> {
  return server.call('/epcis/capture', {
    as: site === undefined ? 'inspector' : 'partner',
    sites: site === undefined ? [] : [site],
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': mediaType },
  });
}

const pig = lotUri(products.pig, 'HF1');

const belly = lotUri(products.belly, 'A/07');

const bellyUrn = `urn:epc:class:lgtin:${products.belly.slice(1, 8)}.${products.belly[0]}${products.belly.slice(8, 13)}.A%2F07`;

const piece = `https://id.gs1.org/01/${products.prawn}/21/S1`;

const freezer = `${placeUri(places.wholesaler)}/254/F1`;

const po = 'urn:epcglobal:cbv:bt:6900000000012:PO-7';

const wrong = events.sell(hour(7), places.dingxiang, [[belly, 2, 'KGM']]);

const told: readonly Json[] = [
  events.commission(hour(0), places.farm, [[pig, 6]], { eventID: 'urn:uuid:6f1f3f1e-0000-4000-8000-000000000001' }),
  events.ship(hour(1), places.farm, places.slaughterhouse, [[pig, 6]], {
    bizTransactionList: [{ type: 'po', bizTransaction: po }],
  }),
  events.receive(hour(2), places.slaughterhouse, places.farm, [[pig, 6]], { disposition: 'in_progress' }),
  events.transform(hour(3), places.slaughterhouse, [[pig, 6]], [[belly, 162, 'KGM']], {
    transformationID: 'urn:uuid:6f1f3f1e-0000-4000-8000-000000000009',
  }),
  events.pack(hour(4), places.slaughterhouse, caseUri(1), [[belly, 80, 'KGM']]),
  events.ship(hour(5), places.slaughterhouse, places.wholesaler, [], { epcList: [caseUri(1)] }),
  events.observe(hour(6), places.wholesaler, [], {
    quantityList: undefined,
    epcList: [piece],
    readPoint: { id: freezer },
  }),
  wrong,
  events.declareWrong(wrong, hour(8)),
];

describe('what each parameter finds', () => {
  beforeAll(async () => {
    server = openTestServer();
    expect((await capture(documentOf(told))).status).toBe(202);
  });

  const of = encodeURIComponent;
  const time = (hours: number) => of(new Date(hour(hours)).toISOString());
  const cases: [string, string, number[]][] = [
    ['no parameter: all, the newest first', '', [7, 8, 6, 5, 4, 3, 2, 1, 0]],
    ['several kinds', `eventType=TransformationEvent|epcis:AggregationEvent`, [4, 3]],
    ['a time from and before', `GE_eventTime=${time(1)}&LT_eventTime=${time(3)}`, [2, 1]],
    ['captured from now on', `GE_recordTime=${of('2026-11-22T03:05:00Z')}&EQ_action=DELETE`, [7, 8]],
    ['captured before', `LT_recordTime=${of('2026-11-22T03:05:00Z')}`, []],
    ['a disposition', 'EQ_disposition=urn:epcglobal:cbv:disp:in_progress', [2]],
    ['a read point without its extension', `EQ_readPoint=${of(placeUri(places.wholesaler))}`, []],
    ['a read point with its extension', `EQ_readPoint=${of(freezer)}`, [6]],
    ['what lies within a GLN', `WD_readPoint=${of(placeUri(places.wholesaler))}`, [6]],
    ['a business location', `EQ_bizLocation=${of(placeUri(places.farm))}`, [0]],
    ['a transaction', `EQ_bizTransaction_po=${of(po)}`, [1]],
    ['a transaction of another type', `EQ_bizTransaction_inv=${of(po)}`, []],
    ['a source', `EQ_source_location=${of(placeUri(places.farm))}&orderBy=eventTime&orderDirection=ASC`, [1, 2]],
    ['a lot as a class', `MATCH_epcClass=${of(belly)}`, [7, 8, 4]],
    ['a lot by its URN', `MATCH_epcClass=${of(bellyUrn)}`, [7, 8, 4]],
    [
      'a lot by a link of another host',
      `MATCH_anyEPCClass=${of(belly.replace('id.gs1.org', 'shop.example'))}`,
      [7, 8, 4, 3],
    ],
    ['a class is no single thing', `MATCH_epc=${of(belly)}`, []],
    ['an input', `MATCH_inputEPCClass=${of(pig)}`, [3]],
    ['an output', `MATCH_outputEPCClass=${of(belly)}`, [3]],
    ['a container as parent', `MATCH_parentID=${of(caseUri(1))}`, [4]],
    ['a container as a thing, not its contents', `MATCH_epc=${of(caseUri(1))}`, [5]],
    ['a container in any role', `MATCH_anyEPC=${of(caseUri(1))}`, [5, 4]],
    ['a piece', `MATCH_epc=${of(piece)}|${of(caseUri(9))}`, [6]],
    ['every piece of a product', `MATCH_epc=${of(`https://id.gs1.org/01/${products.prawn}`)}`, [6]],
    ['two conditions at once', `MATCH_anyEPCClass=${of(pig)}&EQ_bizStep=shipping`, [1]],
    ['a thing nobody named', `MATCH_anyEPC=${of(caseUri(77))}`, []],
    ['an eventID', 'EQ_eventID=urn:uuid:6f1f3f1e-0000-4000-8000-000000000001', [0]],
    ['a transformation', 'EQ_transformationID=urn:uuid:6f1f3f1e-0000-4000-8000-000000000009', [3]],
    ['error declarations only', 'EXISTS_errorDeclaration=true', [8]],
    ['the reason of a declaration', 'EQ_errorReason=incorrect_data', [8]],
    ['a quantity with its unit', 'GE_quantity_KGM=100', [3]],
    ['a quantity of another unit', 'GE_quantity_GRM=1', []],
    ['the first two of an order', 'orderBy=eventTime&orderDirection=ASC&eventCountLimit=2', [0, 1]],
    ['the order of capture', 'orderBy=recordTime&orderDirection=ASC&EQ_bizStep=shipping', [1, 5]],
  ];
  it.each(cases)('%s', async (_what, query, expected) => {
    const response = await get(`/epcis/events?${query}`);
    expect(response.status).toBe(200);
    const found = (await listOf(response)).map((event) => numberOf(event));
    // The event that was declared wrong and its declaration have one time.
    expect(order(found)).toEqual(order(expected));
  });

  it('pages give each event once, in order, up to eventCountLimit', async () => {
    const seen: number[] = [];
    let next: string | undefined = '/epcis/events?orderBy=eventTime&orderDirection=ASC&eventCountLimit=7&perPage=3';
    for (let pages = 0; next !== undefined && pages < 9; pages++) {
      const response = await get(next);
      const list = await listOf(response);
      expect(list.length).toBeLessThanOrEqual(3);
      seen.push(...list.map(numberOf));
      next = link(response);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('gives what is declared wrong beside its declaration, with the id and time of record the repository adds', async () => {
    const list = await listOf(await get('/epcis/events?EQ_bizStep=retail_selling'));
    expect(list.map(({ errorDeclaration }) => errorDeclaration !== undefined).sort()).toEqual([false, true]);
    expect(new Set(list.map(({ eventID }) => eventID)).size).toBe(1);
    expect(list[0]?.recordTime).toBe('2026-11-22T03:05:00.000Z');
    const one = await get(`/epcis/events/${of(list[0]?.eventID ?? '')}`);
    expect(await listOf(one)).toHaveLength(2);
  });

  it('refuses more than maxEventCount with 413, and gives as many', async () => {
    const refused = await get('/epcis/events?maxEventCount=8');
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ type: 'epcisException:QueryTooLargeException' });
    expect(await listOf(await get('/epcis/events?maxEventCount=9'))).toHaveLength(9);
  });

  it('names every fault of a query at once', async () => {
    const query =
      'EQ_bizStop=x&GE_eventTime=yesterday&eventType=Party&EQ_action=EAT&orderDirection=UP&perPage=0&eventCountLimit=2&maxEventCount=3&EXISTS_errorDeclaration=maybe&GE_quantity=heavy&nextPageToken=zz&EQ_bizStep=&MATCH_epc=urn:epc:idpat:sgtin:0614141.*.*&EQ_disposition=a&EQ_disposition=b';
    const response = await get(`/epcis/events?${query}`);
    expect(response.status).toBe(400);
    const body = (await response.json()) as Refusal;
    expect(body.type).toBe('epcisException:QueryParameterException');
    const named = [
      'EQ_bizStop',
      'GE_eventTime',
      'eventType',
      'EQ_action',
      'orderDirection',
      'perPage',
      'eventCountLimit',
      'maxEventCount',
      'EXISTS_errorDeclaration',
      'GE_quantity',
      'nextPageToken',
      'EQ_bizStep',
      'MATCH_epc',
      'EQ_disposition',
    ];
    expect(new Set(body.faults.map(({ place }) => place))).toEqual(new Set(named));
  });

  const formats: [string, number, string][] = [
    ['application/xml', 200, 'application/xml'],
    ['text/xml;q=0.9, application/json;q=0.2', 200, 'application/xml'],
    ['application/json', 200, 'application/ld+json'],
    ['*/*', 200, 'application/ld+json'],
    ['text/html,application/xml;q=0.9,*/*;q=0.8', 200, 'application/ld+json'],
    ['image/png', 406, 'application/problem+json'],
    ['application/json;q=0', 406, 'application/problem+json'],
  ];
  it.each(formats)('Accept %s answers %i as %s', async (accept, status, type) => {
    const response = await get('/epcis/events', accept);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain(type);
    if (status === 200) expect(response.headers.get('gs1-epcis-version')).toBe('2.0.0');
    else expect(await response.json()).toMatchObject({ type: 'epcisException:NotAcceptableException' });
  });

  it('refuses in XML whoever asked for XML alone', async () => {
    const refused = await get('/epcis/events?EQ_bizStop=%3C%26', 'application/xml');
    expect(refused.status).toBe(400);
    expect(refused.headers.get('content-type')).toContain('application/problem+xml');
    const text = await refused.text();
    expect(text).toContain('<problem xmlns="urn:ietf:rfc:7807"><type>epcisException:QueryParameterException</type>');
    expect(text).toContain('<faults><i><place>EQ_bizStop</place><code>unknown_parameter</code>');
    const json = await get('/epcis/events?EQ_bizStop=x', 'application/xml, application/json');
    expect(json.headers.get('content-type')).toContain('application/problem+json');
  });

  const resources: [string, string[]][] = [
    ['eventTypes', ['AggregationEvent', 'ObjectEvent', 'TransformationEvent']],
    ['bizSteps', ['commissioning', 'inspecting', 'packing', 'receiving', 'retail_selling', 'shipping']],
    ['dispositions', ['in_progress']],
    ['bizLocations', [places.farm, places.slaughterhouse, places.wholesaler, places.dingxiang].map(placeUri).sort()],
    ['epcs', [pig, belly.replace('/A/', '/A%2F'), caseUri(1), piece]],
  ];
  it.each(resources)(
    '/epcis/%s lists what events name, page by page, and leads to the events',
    async (name, expected) => {
      const seen: string[] = [];
      let next: string | undefined = `/epcis/${name}?perPage=2`;
      for (let pages = 0; next !== undefined && pages < 9; pages++) {
        const response = await get(next);
        const body = (await response.json()) as Collection;
        expect(body.type).toBe('Collection');
        seen.push(...body.member);
        next = link(response);
      }
      expect(name === 'epcs' ? seen.sort() : seen).toEqual(name === 'epcs' ? [...expected].sort() : expected);
      for (const value of seen) {
        expect(await (await get(`/epcis/${name}/${of(value)}`)).json()).toMatchObject({ member: ['events'] });
        expect((await listOf(await get(`/epcis/${name}/${of(value)}/events?perPage=1`))).length).toBe(1);
      }
      expect((await get(`/epcis/${name}/${of('urn:example:nobody')}`)).status).toBe(404);
    },
  );

  it('a sub-resource takes the other parameters, not its own again', async () => {
    expect(
      (await listOf(await get(`/epcis/bizSteps/shipping/events?MATCH_anyEPCClass=${of(pig)}`))).map(numberOf),
    ).toEqual([1]);
    const refused = await get('/epcis/bizSteps/shipping/events?EQ_bizStep=receiving');
    expect(((await refused.json()) as Refusal).faults).toMatchObject([{ place: 'EQ_bizStep' }]);
  });

  it('says what is not offered, and which versions are', async () => {
    for (const path of ['/epcis/events?HASATTR_bizLocation=urn:x', '/epcis/events?EQATTR_readPoint_urn:x=1']) {
      expect(((await (await get(path)).json()) as Refusal).faults).toMatchObject([{ code: 'not_offered' }]);
    }
    const released = await server.call('/epcis/nextPageToken/x', { as: 'inspector', method: 'DELETE' });
    expect(released.status).toBe(501);
    expect(await released.json()).toMatchObject({ type: 'epcisException:ImplementationException' });
    const top = (await (await get('/epcis')).json()) as Collection;
    expect(top.member).toContain('queries');
    const options = await server.call('/epcis/bizSteps/shipping/events', { method: 'OPTIONS' });
    expect(options.status).toBe(204);
    expect(options.headers.get('gs1-epcis-version')).toBe('2.0.0');
    expect(options.headers.get('allow')).toBe('OPTIONS, GET, HEAD');
  });
});

/** Which of the told events this is. */
function numberOf(event: Listed & { eventTime?: string }): number {
  if (event.errorDeclaration !== undefined) return 8;
  return told.findIndex((one) => one['eventTime'] === event.eventTime);
}

/** Events 7 and 8 have one time, so either may come first. */
function order(numbers: readonly number[]): string {
  return numbers.join(' ').replace('8 7', '7 8');
}
