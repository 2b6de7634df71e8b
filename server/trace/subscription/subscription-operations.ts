// What each route of named queries and subscriptions does, for the OpenAPI document.
import { z } from 'zod';
import type { Operations } from '../../http/openapi.ts';
import { subscriptionSchema } from './subscription.ts';

const epcis = 'application/ld+json';
const page = { perPage: '1 to 100', nextPageToken: 'from the Link header, taken for a day' };

const querySchema = z.strictObject({
  name: z.string().describe('letters, digits and . _ ~ -'),
  query: z
    .looseObject({})
    .describe(
      'parameters of the simple event query, such as {"eventType": ["ObjectEvent"], "EQ_bizStep": ["shipping"]}',
    ),
});

const top = '/epcis/queries/:name/subscriptions';

export const epcisSubscriptionOperations: Operations = {
  'POST /epcis/query': {
    summary:
      'Ask a query in the body: the JSON of a definition, or an EPCISQueryDocument of XML with Poll, GetQueryNames, GetSubscriptionIDs, GetStandardVersion or GetVendorVersion; no SOAP',
    tag: 'epcis',
    bodyType: epcis,
    query: page,
    answerType: epcis,
  },
  'OPTIONS /epcis/query': { summary: 'Versions', tag: 'epcis', status: 204 },
  'GET /epcis/queries': { summary: 'The queries this account keeps under names', tag: 'epcis', query: page },
  'POST /epcis/queries': {
    summary: 'Keep a query under a name; every faulty parameter is named, a taken name is 409',
    tag: 'epcis',
    body: querySchema,
    status: 201,
  },
  'GET /epcis/queries/:name': { summary: 'A query as it is defined', tag: 'epcis' },
  'DELETE /epcis/queries/:name': { summary: 'Remove a query and its subscriptions', tag: 'epcis', status: 204 },
  'GET /epcis/queries/:name/events': {
    summary: 'The events that answer it, page by page; SimpleEventQuery is every event. JSON-LD or XML; no WebSocket',
    tag: 'epcis',
    query: page,
    answerType: epcis,
  },
  [`GET ${top}`]: { summary: 'Its subscriptions, with their state and last fault', tag: 'epcis', query: page },
  [`POST ${top}`]: {
    summary:
      'Be told of its events by webhook. Each delivery is an EPCISQueryDocument with GS1-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body" under the token> and Bright-Kitchen-Delivery, the same at every try; an answer of 2xx takes it, 410 ends the subscription',
    tag: 'epcis',
    body: subscriptionSchema,
    status: 201,
  },
  [`GET ${top}/:id`]: { summary: 'One subscription', tag: 'epcis' },
  [`DELETE ${top}/:id`]: { summary: 'Unsubscribe', tag: 'epcis', status: 204 },
  ...Object.fromEntries(
    ['/epcis/queries', '/epcis/queries/:name', '/epcis/queries/:name/events', top, `${top}/:id`].map((path) => [
      `OPTIONS ${path}`,
      { summary: 'Versions', tag: 'epcis', status: 204 },
    ]),
  ),
};
