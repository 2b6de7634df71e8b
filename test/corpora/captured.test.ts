// The published documents, captured over HTTP in both forms, query back equal.
import { capturedContract } from '../conformance/captured-contract.ts';
import { corpusDocuments } from '../support/corpora.ts';

const documents = corpusDocuments().filter(
  ({ name, verdict }) => verdict === 'valid' && /^(gs1-epcis|openepcis-test-resources)\//.test(name),
);

capturedContract('the published documents', documents, { events: 41, fields: 11 });
