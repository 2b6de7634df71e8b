// What the API routes of visits do, for the OpenAPI document.
import { z } from 'zod';
import type { Operations } from '../../http/openapi.ts';
import { visitReasonKinds, visitResults, visitStates } from './visit.ts';

export const mostListed = 500;

const visitSchema = z.object({
  id: z.int(),
  site: z.string(),
  name: z.string(),
  state: z.enum(visitStates),
  due: z.iso.datetime(),
  risk: z.int(),
  reasons: z.array(z.object({ kind: z.enum(visitReasonKinds), ref: z.string() })),
  inspectors: z.array(z.int()),
  metres: z.int().nullable(),
  result: z.enum(visitResults).nullable(),
  closed: z.iso.datetime().nullable(),
});

export const visitOperations: Operations = {
  'GET /api/visits': {
    summary: 'Visits to do or closed, riskiest, nearest or soonest due first',
    tag: 'Oversight',
    query: {
      state: 'open, closed or off: called off, as the place closed',
      sort: 'risk, near or due',
      lat: 'where the reader stands, degrees',
      lon: 'where the reader stands, degrees',
      mine: '1: only those the caller is sent to',
      limit: `at most ${mostListed}`,
    },
    answer: z.object({ visits: z.array(visitSchema) }),
  },
  'POST /api/visits/:id/closed': {
    summary: 'Close a visit with its answers, photos and signature; sent again under the same key, it is one',
    tag: 'Oversight',
    bodyType: 'multipart/form-data',
    answer: z.object({ id: z.int(), result: z.enum(visitResults), order: z.int().nullable() }),
    status: 201,
  },
};
