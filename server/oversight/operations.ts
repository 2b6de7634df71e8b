// What the API routes of oversight do, for the OpenAPI document.
import type { Operations } from '../http/openapi.ts';
import { newComplaintSchema } from './complaint/complaint-schemas.ts';
import { previewSchema, writtenNoticeSchema } from './notice/notice-schemas.ts';
import { visitOperations } from './visit/visit-operations.ts';

export const oversightOperations: Operations = {
  ...visitOperations,
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
};
