// What each API route does, gathered from the rooms for the OpenAPI document.
import type { Operations } from './http/openapi.ts';
import { kitchenOperations } from './kitchen/operations.ts';
import { packOperations } from './kitchen/pack/pack-operations.ts';
import { oversightOperations } from './oversight/operations.ts';
import { chainOperations } from './trace/operations.ts';

const system: Operations = {
  'GET /api/openapi.json': { summary: 'This document', tag: 'system' },
  'GET /api/ledger/checkpoint': {
    summary: 'The newest signed checkpoint of the ledger, with the signatures of the witnesses that saw it',
    tag: 'ledger',
    answerType: 'text/plain',
  },
  'GET /api/ledger/key': {
    summary: 'The public key checkpoints are signed with',
    tag: 'ledger',
    answerType: 'text/plain',
  },
  'GET /api/ledger/verifier-key': {
    summary: 'The same key as witnesses and other programs take it (C2SP signed-note)',
    tag: 'ledger',
    answerType: 'text/plain',
  },
  'GET /api/ledger/entries/:seq': { summary: 'One ledger entry with its inclusion proof', tag: 'ledger' },
  'GET /api/ledger/consistency': {
    summary: 'Proof that an older ledger is a prefix of a newer one',
    tag: 'ledger',
    query: { from: 'size of the older', to: 'size of the newer; now when left out' },
  },
};

export const operations: Operations = {
  ...system,
  ...kitchenOperations,
  ...packOperations,
  ...chainOperations,
  ...oversightOperations,
};
