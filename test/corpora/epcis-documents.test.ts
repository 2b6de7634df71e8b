// Every published EPCIS document, valid and invalid.
import { documentContract } from '../conformance/document-contract.ts';
import { corpusDocuments } from '../support/corpora.ts';

documentContract('published EPCIS documents', corpusDocuments(), { valid: 100, invalid: 10 });
