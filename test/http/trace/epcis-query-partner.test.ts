// What a partner and an asker of an older version get of the EPCIS queries.
import { beforeEach, describe, expect, it } from 'vitest';
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

describe('a partner sees their own', () => {
  beforeEach(() => {
    server = openTestServer();
  });
  const asPartner = async (path: string, site: string) => server.call(path, { as: 'partner', sites: [site] });

  it('what they captured and what touches their places; the rest is absent from every list', async () => {
    await capture(documentOf(told.slice(0, 2)), 'application/ld+json', places.farm);
    await capture(documentOf(told.slice(2, 5)), 'application/ld+json', places.slaughterhouse);
    expect((await listOf(await asPartner('/epcis/events', places.farm))).map(numberOf)).toEqual([1, 0]);
    expect((await listOf(await asPartner('/epcis/events', places.slaughterhouse))).map(numberOf)).toEqual([4, 3, 2, 1]);
    expect(await listOf(await asPartner('/epcis/events?EQ_bizStep=packing', places.farm))).toEqual([]);
    const epcs = (await (await asPartner('/epcis/epcs', places.farm)).json()) as Collection;
    expect(epcs.member).toEqual([pig]);
    const steps = (await (await asPartner('/epcis/bizSteps', places.farm)).json()) as Collection;
    expect(steps.member).toEqual(['commissioning', 'shipping']);
    expect((await asPartner('/epcis/eventTypes/TransformationEvent', places.farm)).status).toBe(404);
    expect((await asPartner(`/epcis/epcs/${encodeURIComponent(belly)}/events`, places.farm)).status).toBe(200);
    expect(await listOf(await asPartner(`/epcis/epcs/${encodeURIComponent(belly)}/events`, places.farm))).toEqual([]);
  });

  it('nobody without an account sees any', async () => {
    expect((await server.call('/epcis/events')).status).toBe(401);
    expect((await server.call('/epcis/epcs')).status).toBe(401);
  });
});

/** Which of the told events this is. */
function numberOf(event: Listed & { eventTime?: string }): number {
  if (event.errorDeclaration !== undefined) return 8;
  return told.findIndex((one) => one['eventTime'] === event.eventTime);
}

describe('an asker of an older version', () => {
  it.each([
    ['GS1-EPCIS-Max', '1.2.0', 406],
    ['GS1-CBV-Max', '1.2', 406],
    ['GS1-EPCIS-Max', 'newest', 406],
    ['GS1-EPCIS-Min', '2.1', 406],
    ['GS1-EPCIS-Max', '2.0.0', 200],
    ['GS1-EPCIS-Version', '1.2.0', 200],
  ])('with %s %s is answered %i: in 2.0, or not at all', async (name, value, status) => {
    const response = await server.call('/epcis/events', { as: 'inspector', headers: { [name]: value } });
    expect(response.status).toBe(status);
    if (status === 200) expect(response.headers.get('GS1-EPCIS-Version')).toBe('2.0.0');
    else expect(((await response.json()) as Refusal).type).toBe('epcisException:NotAcceptableException');
  });
});
