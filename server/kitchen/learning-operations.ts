// What the API routes about learning from verdicts do, for the OpenAPI document.
import { z } from 'zod';
import type { Operations } from '../http/openapi.ts';
import { datasetAnswer, newDatasetSchema } from './dataset-form.ts';

const tag = 'learning';

export const learningOperations: Operations = {
  'GET /api/datasets': {
    summary: 'The last data sets made of judged frames',
    tag,
    answer: z.object({ datasets: z.array(datasetAnswer) }),
  },
  'POST /api/datasets': {
    summary: 'Make a data set of judged frames; a job writes it, and the reason is in the ledger',
    tag,
    body: newDatasetSchema,
    answer: datasetAnswer,
    status: 202,
  },
  'GET /api/datasets/:id': {
    summary: 'One data set: how far it is, and where its file lies',
    tag,
    answer: datasetAnswer,
  },
};
