// Our own events, captured over HTTP in both forms, query back equal.
import { eventVectors } from '../support/vectors.ts';
import { capturedContract } from './captured-contract.ts';

capturedContract('our own documents', eventVectors(), { events: 14, fields: 8 });
