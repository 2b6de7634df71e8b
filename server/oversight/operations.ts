// What the API routes of oversight do, for the OpenAPI document.
import type { Operations } from '../http/openapi.ts';

export const oversightOperations: Operations = {
  'GET /api/day/:siteId': {
    summary:
      'The daily list of a shop: each item as the data or a person answered it, days missed, reports that are late',
    tag: 'day',
    query: { day: 'such as 2026-11-30; today when left out' },
  },
};
