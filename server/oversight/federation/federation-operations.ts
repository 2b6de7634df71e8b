// What the API routes of federation do, for the OpenAPI document.
import type { Operations } from '../../http/openapi.ts';

export const federationOperations: Operations = {
  'GET /api/federation': {
    summary: 'The servers of districts that this one follows: when each was heard, what it told, what is wrong',
    tag: 'federation',
  },
};
