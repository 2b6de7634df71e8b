// What each API route of the chain does, for the OpenAPI document.
import type { Operations } from '../http/openapi.ts';
import { claimDecisionSchema } from './claim/claim-schemas.ts';
import { lotEntrySchema } from './lot/lot-entry.ts';
import { labTestSchema, packSizeSchema, reasonSchema } from './lot/lot-schemas.ts';
import { mergeSchema, undoneSchema } from './merge/merge-schemas.ts';
import { epcisQueryOperations } from './query/query-operations.ts';
import { answerSchema } from './recall/recall-answer-form.ts';
import { newRecallSchema, recallEndSchema } from './recall/recall-schemas.ts';
import { receiptSchema } from './receipt/receipt.ts';
import { shipmentSchema } from './shipment/shipment.ts';
import { epcisSubscriptionOperations } from './subscription/subscription-operations.ts';

const epcis = 'application/ld+json';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const captureOperations: Operations = {
  'POST /epcis/capture': {
    summary:
      'Capture an EPCIS 2.0 document (JSON-LD) or one of 1.2 or 2.0 (XML); GS1-Capture-Error-Behaviour rollback or proceed',
    tag: 'epcis',
    bodyType: epcis,
    status: 202,
  },
  'GET /epcis/capture': {
    summary: 'The captures of this account, newest first',
    tag: 'epcis',
    query: { perPage: '1 to 100', nextPageToken: 'from the Link header' },
  },
  'GET /epcis/capture/:id': { summary: 'What became of one capture', tag: 'epcis' },
  'OPTIONS /epcis/capture': { summary: 'Versions and limits of capture', tag: 'epcis', status: 204 },
  'OPTIONS /epcis/capture/:id': { summary: 'Versions', tag: 'epcis', status: 204 },
  'POST /epcis/events': { summary: 'Capture one event', tag: 'epcis', bodyType: epcis, status: 201 },
};

const lotOperations: Operations = {
  'POST /api/lots': {
    summary: 'Register a lot as people keep it: origin, batch, flow',
    tag: 'lots',
    body: lotEntrySchema,
    status: 201,
  },
  'GET /api/lots': {
    summary: 'Lots, newest first',
    tag: 'lots',
    query: {
      q: 'a part of product, batch, origin or code',
      status: 'ok, held or recalled',
      before: 'the id the last page ended with',
      limit: '1 to 200',
    },
  },
  'POST /api/lots/import': {
    summary:
      'A sheet of lots (CSV, text or .xlsx); nothing is taken until every cell is right; more than 1,000 lots are taken in the background (202)',
    tag: 'lots',
    bodyType: 'text/csv',
    query: {
      preview: '1: read it and name every cell that stops it, take nothing',
      columns:
        'JSON: what a heading holds that is not known here, {"菜名":"product","备注":"ignore"}; remembered for the sender',
      sheet: 'the name of the sheet that is meant, where several hold lots',
      doubts: 'take: the cells in doubt were looked at and are right',
      name: 'the name of the file',
    },
    status: 201,
  },
  'GET /api/lots/imports/:id': { summary: 'How far an import in the background is', tag: 'lots' },
  'DELETE /api/lots/imports/:id': { summary: 'Stop an import; what is through stays', tag: 'lots' },
  'POST /api/lots/:id/tests': {
    summary: 'Record a laboratory test; one that failed holds the lot. JSON, or a form with its report as a file',
    tag: 'lots',
    body: labTestSchema,
    status: 201,
  },
  'POST /api/shipments/:id/readings': {
    summary: 'Attach the file of a temperature logger to a shipment: its readings become readings of the goods',
    tag: 'lots',
    bodyType: 'text/csv',
    query: {
      preview: '1: only read it, with every doubt and its cell',
      doubts: 'take: the cells in doubt were looked at and stand',
      order: 'ymd, dmy or mdy, where the file leaves open what its days mean',
    },
    status: 201,
  },
  'POST /api/lots/:id/merges': {
    summary: 'Merge another code into this lot: both are one lot from then on',
    tag: 'lots',
    body: mergeSchema,
    status: 201,
  },
  'POST /api/lots/:id/merges/:merge/undone': {
    summary: 'Undo a merge: each code is a lot of its own again',
    tag: 'lots',
    body: undoneSchema,
    status: 204,
  },
  'GET /api/lots/:id': { summary: 'One lot', tag: 'lots' },
  'POST /api/lots/:id/held': { summary: 'Hold a lot', tag: 'lots', body: reasonSchema },
  'POST /api/lots/:id/released': { summary: 'Release a held lot', tag: 'lots', body: reasonSchema },
  'GET /api/lots/:id/packs': { summary: "What one box, bag or portion of the lot's product holds", tag: 'lots' },
  'PUT /api/lots/:id/packs': {
    summary: 'Say what one box, bag, case or portion of its product holds; recalls then add boxes and kilograms',
    tag: 'lots',
    body: packSizeSchema,
  },
  'GET /api/findings': {
    summary: 'What does not add up, is late, lost, or past its date; for a holder at their own places',
    tag: 'lots',
    query: { kind: 'one kind of finding', before: 'the id the last page ended with' },
  },
  'GET /api/claims': {
    summary: 'What others said of your places and waits for your word, and what you said of others',
    tag: 'lots',
  },
  'GET /api/claims/states': {
    summary: 'How claims stand, for a server that was told of them: at most 50 hash URIs with commas between',
    tag: 'lots',
    query: { events: 'hash URIs as in eventID, with commas between' },
  },
  'POST /api/claims/:id/decision': {
    summary: 'Confirm or deny what was said of a place of yours; an inspector accepts or denies it',
    tag: 'lots',
    body: claimDecisionSchema,
    status: 204,
  },
  'POST /api/lots/:id/evidence': {
    summary: 'The evidence bundle of a lot, for `verify --bundle`',
    tag: 'lots',
    answerType: 'application/zip',
  },
  'GET /api/trace': {
    summary: 'Where a lot came from (backward) or went (forward)',
    tag: 'lots',
    query: {
      code: 'any spelling of the lot',
      direction: 'backward or forward',
      maxHoldings: 'where the walk stops',
      maxDepth: 'in events',
      from: 'only events from this time on',
      until: 'only events up to this time',
    },
  },
};

const recallOperations: Operations = {
  'GET /api/recalls': { summary: 'Recalls, newest first; for a holder those that concern them', tag: 'recalls' },
  'POST /api/recalls': {
    summary: 'Start a recall: scope frozen, holders told',
    tag: 'recalls',
    body: newRecallSchema,
    status: 201,
  },
  'GET /api/recalls/:id': { summary: 'A recall with its scope, notices and answers', tag: 'recalls' },
  'POST /api/recalls/:id/evidence': {
    summary: 'The evidence bundle of a recalled lot, for `verify --bundle`',
    tag: 'recalls',
    answerType: 'application/zip',
  },
  'GET /api/recalls/:id/fsma204.xlsx': {
    summary: 'The tracking events of a recall as a sortable spreadsheet (FSMA 204)',
    tag: 'recalls',
    answerType: spreadsheet,
  },
  'GET /api/fsma204.xlsx': {
    summary: 'The tracking events of a span of days as a sortable spreadsheet (FSMA 204)',
    tag: 'recalls',
    query: { from: 'first day, 2026-11-01', until: 'last day' },
    answerType: spreadsheet,
  },
  'POST /api/recalls/:id/closed': {
    summary: 'Ends a recall with a note; open matters refuse it unless they are accepted',
    tag: 'recalls',
    body: recallEndSchema,
  },
  'POST /api/recalls/:id/answers': {
    summary: 'A holder answers: what was found and done; JSON, or a form with a photo',
    tag: 'recalls',
    body: answerSchema,
    status: 201,
  },
  'POST /api/recalls/:id/answers/:answer/taken-back': {
    summary: 'Takes an answer back, by whoever gave it; it stays on record and counts no more',
    tag: 'recalls',
  },
};

const shopOperations: Operations = {
  'GET /api/scans': {
    summary:
      'What a scanned code says and what speaks against taking the goods; several readings where separators are lost',
    tag: 'lots',
    query: { code: 'whatever a scanner, phone or person gives' },
  },
  'POST /api/shipments': {
    summary:
      'Lots that leave, shipped to a place or sold; what is recalled, on hold or expired leaves only when accepted',
    tag: 'lots',
    body: shipmentSchema,
    status: 201,
  },
  'POST /api/receipts': {
    summary:
      'A delivery as scanned: boxes with what their labels say; recalled and held goods only when acknowledged; with an Idempotency-Key taken once',
    tag: 'lots',
    body: receiptSchema,
    status: 201,
  },
};

export const chainOperations: Operations = {
  ...captureOperations,
  ...epcisQueryOperations,
  ...epcisSubscriptionOperations,
  ...lotOperations,
  ...recallOperations,
  ...shopOperations,
};
