// Every EPCIS document of the published corpora, valid and invalid, for tests that run over all of them.

import { readFileSync } from 'node:fs';
import { sharedFiles } from './shared.ts';

export type CorpusDocument = {
  readonly name: string;
  readonly text: string;
  readonly mediaType: 'application/ld+json' | 'application/xml';
  readonly verdict: 'valid' | 'invalid';
};

/** Files that are no documents of events: schemas, contexts, answers of a capture interface, queries. */
const others = /XSD|JSON-Schema|EPCIS-JSON-Schema|epcis-context|CaptureJob|REST Bindings|\/Queries\//;

/** Their elements stand in an order that no schema allows; they are published to be hashed only. */
const misordered = /expected_equal\/timestampTimeZone3?\.xml$/;

/** All documents of events, or none where the corpora are absent (which one line says). */
export function corpusDocuments(): CorpusDocument[] {
  return ['gs1-epcis', 'openepcis-test-resources', 'epcis2js', 'epcis-event-hash'].flatMap((corpus) =>
    sharedFiles(`corpora/${corpus}`, /\.(jsonld|json|xml)$/)
      .filter(({ path }) => !others.test(path))
      .map(({ path, name }) => ({
        name: `${corpus}/${name}`,
        text: readFileSync(path, 'utf8'),
        mediaType: name.endsWith('.xml') ? ('application/xml' as const) : ('application/ld+json' as const),
        verdict: /\/Invalid\//.test(path) || misordered.test(path) ? ('invalid' as const) : ('valid' as const),
      })),
  );
}
