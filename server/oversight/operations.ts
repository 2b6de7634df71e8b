// What the API routes of oversight do, for the OpenAPI document.
import type { Operations } from '../http/openapi.ts';
import { newComplaintSchema } from './complaint/complaint-schemas.ts';
import { federationOperations } from './federation/federation-operations.ts';
import { joinOperations } from './join/join-json.ts';
import { previewSchema, writtenNoticeSchema } from './notice/notice-schemas.ts';
import { purchaseOperations } from './purchase/purchase-operations.ts';
import { recordAnswer } from './record/record-json.ts';
import { riskListAnswer, riskPlaceAnswer } from './risk/risk-schemas.ts';
import { visitOperations } from './visit/visit-operations.ts';

export const oversightOperations: Operations = {
  ...joinOperations,
  ...visitOperations,
  ...purchaseOperations,
  ...federationOperations,
  'GET /api/complaints': {
    summary: 'Complaints with desk, urgency and how they are being settled; a shop reads those it was let see',
    tag: 'complaints',
    query: { state: 'new, looked, answered or closed', before: 'an id: older ones', limit: '1 to 200' },
  },
  'POST /api/complaints': {
    summary: 'File a complaint from another system; the same reference is the same complaint (200 instead of 201)',
    tag: 'complaints',
    body: newComplaintSchema,
    status: 201,
  },
  'GET /api/suppliers': {
    summary: 'How complete the key data of what one received in 90 days are, by supplier and product',
    tag: 'trade',
  },
  'POST /api/notices': {
    summary: 'Tell people something: by kind of place, district, stock held now, grade; a notice to nobody is refused',
    tag: 'notices',
    body: writtenNoticeSchema,
    status: 201,
  },
  'POST /api/notices/preview': { summary: 'Who would get it, and how many', tag: 'notices', body: previewSchema },
  'GET /api/notices': {
    summary: 'What was sent, with how many read it and what has not arrived',
    tag: 'notices',
    query: { before: 'the id the last page ended with' },
  },
  'GET /api/day/:siteId': {
    summary:
      'The daily list of a shop: each item as the data or a person answered it, days missed, reports that are late',
    tag: 'day',
    query: { day: 'such as 2026-11-30; today when left out' },
  },
  'GET /api/records/:siteId': {
    summary: 'The public record of a kitchen: grade, what is live, orders and how they ended, visits, recalls',
    tag: 'Oversight',
    answer: recordAnswer,
  },
  'GET /api/open-data/lives.zip': {
    summary: 'Inspection data of every kitchen in the form of LIVES 1.0, with one file of what was taken back',
    tag: 'Oversight',
    answerType: 'application/zip',
  },
  'GET /api/risk': {
    summary: 'Kitchens and suppliers in the order they are gone to first, with the shares of their scores',
    tag: 'Oversight',
    query: {
      kind: 'kitchen or supplier',
      tier: 'at_once, by_date or routine',
      grade: 'A, B or C',
      offset: 'How many to leave out',
      limit: 'At most so many, 1–500; 100 when left out',
    },
    answer: riskListAnswer,
  },
  'GET /api/risk/:siteId': {
    summary: 'One place: its score, and the things that made it, with where each can be seen',
    tag: 'Oversight',
    answer: riskPlaceAnswer,
  },
};
