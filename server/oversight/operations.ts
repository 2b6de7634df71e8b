// What the API routes of oversight do, for the OpenAPI document.
import type { Operations } from '../http/openapi.ts';

export const oversightOperations: Operations = {};
