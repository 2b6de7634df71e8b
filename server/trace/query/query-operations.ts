// What each route of the EPCIS query side does, for the OpenAPI document.
import type { Operations } from '../../http/openapi.ts';

const epcis = 'application/ld+json';

const page = { perPage: '1 to 100', nextPageToken: 'from the Link header' };

const parameters = {
  eventType: 'one or several, parted by |; so is every list',
  EQ_action: 'ADD, OBSERVE or DELETE',
  EQ_bizStep: 'bare name or URI',
  EQ_disposition: 'bare name or URI; also EQ_persistentDisposition_set and _unset',
  EQ_readPoint: 'URI; WD_readPoint also takes what lies within a GLN',
  EQ_bizLocation: 'URI; WD_bizLocation also takes what lies within a GLN',
  EQ_bizTransaction_po: 'transaction ids of one type, named after EQ_bizTransaction_',
  EQ_source_location: 'URIs of one type, named after EQ_source_ or EQ_destination_',
  EQ_transformationID: 'URI',
  EQ_eventID: 'URI, or the hash of an event',
  GE_eventTime: 'from this time on',
  LT_eventTime: 'before this time',
  GE_recordTime: 'captured from this time on',
  LT_recordTime: 'captured before this time',
  MATCH_anyEPC:
    'URN or Digital Link in any role; MATCH_epc, MATCH_parentID, MATCH_inputEPC, MATCH_outputEPC, and for lots and products MATCH_epcClass, MATCH_inputEPCClass, MATCH_outputEPCClass, MATCH_anyEPCClass',
  EQ_quantity: 'a number; also GT_, GE_, LT_, LE_, and with a unit behind it: GE_quantity_KGM',
  EXISTS_errorDeclaration: 'true: error declarations only; also EQ_errorReason, GE_errorDeclarationTime, …',
  EQ_type: 'kind of measurement; also EQ_deviceID',
  orderBy: 'eventTime or recordTime',
  orderDirection: 'ASC or DESC',
  eventCountLimit: 'only the first so many',
  maxEventCount: 'refuse a larger answer with 413',
  ...page,
};

const resources = {
  eventTypes: 'event types',
  epcs: 'EPCs and classes',
  bizSteps: 'business steps',
  bizLocations: 'business locations',
  readPoints: 'read points',
  dispositions: 'dispositions',
};

export const epcisQueryOperations: Operations = {
  'GET /epcis': { summary: 'The resources of this repository', tag: 'epcis', answerType: epcis },
  ...discovery('/epcis'),
  'DELETE /epcis/nextPageToken/:token': { summary: 'Tokens hold nothing: not offered', tag: 'epcis', status: 501 },
  'GET /epcis/events': {
    summary: 'Captured events by the parameters of the simple event query; JSON-LD or XML',
    tag: 'epcis',
    answerType: epcis,
    query: parameters,
  },
  'GET /epcis/events/:id': {
    summary: 'One event by its hash or eventID, with its error declarations',
    tag: 'epcis',
    answerType: epcis,
  },
  ...discovery('/epcis/events'),
  ...discovery('/epcis/events/:id'),
  ...Object.fromEntries(
    Object.entries(resources).flatMap(([name, words]) => Object.entries(resource(`/epcis/${name}`, words))),
  ),
};

function resource(top: string, words: string): Operations {
  const shared = { tag: 'epcis', answerType: epcis };
  return {
    [`GET ${top}`]: { summary: `The ${words} that events name`, query: page, ...shared },
    [`GET ${top}/:value`]: { summary: 'What can be asked about one of them', ...shared },
    [`GET ${top}/:value/events`]: { summary: 'The events that name it', query: parameters, ...shared },
    ...discovery(top),
    ...discovery(`${top}/:value`),
    ...discovery(`${top}/:value/events`),
  };
}

function discovery(path: string): Operations {
  return { [`OPTIONS ${path}`]: { summary: 'Versions', tag: 'epcis', status: 204 } };
}
