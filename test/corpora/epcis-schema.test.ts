// GS1's own JSON schema as an oracle: on mutated documents it and the reader agree, but for a few named exceptions.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { allFaults, readEpcisDocument } from '../../server/trace/epcis/document.ts';
import { corpusDocuments, corpusPath } from '../support/corpora.ts';
import { mutated, randomFrom } from '../support/mutation.ts';

/** Where the reader takes what the schema refuses, on purpose. */
const takenAnyway: readonly RegExp[] = [
  /sensorReport\/\d+\/type/, // names of older and newer releases, told as warnings
  /^\/schemaVersion$/, // 2 for "2.0"
  /^\/epcisBody$/, // one event alone, as EPCIS 2.0 drafts had it
  /^\/id$/, // blank nodes
  /\/eventID$/,
  /eventList\/\d+\/@context/,
  /\/(bizStep|disposition|reason|component|exception|type|(un)?set\/\d+)$/, // standard names as CBV 1.x spelled them
];

/** Where the reader refuses what the schema takes: a quantity below zero, an empty context. */
const refusedAnyway = new Set(['negative', 'missing', 'unknown_field']);

describe("GS1's JSON schema", () => {
  it('and the reader agree on thousands of mutated documents', () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(
      JSON.parse(readFileSync(corpusPath('corpora/gs1-epcis/EPCIS-JSON-Schema.json'), 'utf8')),
    );
    const random = randomFrom(20261122);
    const counts = { both: 0, neither: 0, apart: 0 };
    for (const { text, mediaType } of corpusDocuments()) {
      if (mediaType !== 'application/ld+json') continue;
      for (let i = 0; i < 40; i += 1) {
        const document = i === 0 ? JSON.parse(text) : mutated(JSON.parse(text), random);
        const faults = allFaults(readEpcisDocument(JSON.stringify(document), mediaType));
        const taken = validate(document);
        if (taken && faults.length === 0) counts.both += 1;
        else if (!taken && faults.length > 0) counts.neither += 1;
        else {
          counts.apart += 1;
          const error = validate.errors?.[0]?.instancePath ?? '';
          const known = taken
            ? refusedAnyway.has(faults[0]?.code ?? '')
            : takenAnyway.some((where) => where.test(error));
          expect(known, `${taken ? JSON.stringify(faults[0]) : JSON.stringify(validate.errors?.[0])}`).toBe(true);
        }
      }
    }
    expect(counts.both).toBeGreaterThan(500);
    expect(counts.neither).toBeGreaterThan(1_000);
    expect(counts.apart).toBeLessThan((counts.both + counts.neither) / 20);
  });
});
