// The published Digital Link vectors.
import { readFileSync } from 'node:fs';
import { describe } from 'vitest';
import { digitalLinkContract } from '../conformance/digital-link-contract.ts';
import { corpusPath } from '../support/corpora.ts';

type Vector = { readonly ok: boolean; readonly uri: string; readonly expect: string };

const path = corpusPath('corpora/gs1-syntax-engine-dl/parse-dl-uri.json');
const vectors = (JSON.parse(readFileSync(path, 'utf8')) as Vector[]).map(({ uri, ok, expect }) =>
  ok ? { uri, elements: expect } : { uri },
);

describe('GS1 Digital Link', () => digitalLinkContract(vectors, 51));
