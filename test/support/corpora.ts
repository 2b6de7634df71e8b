// Where the published corpora lie, beside the repository: tests of test/corpora/ read them there, and nothing is copied.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { corporaFolder } from './parts.ts';
import type { SampleDocument } from './vectors.ts';

/** The path of `../shared/{name}`. Throws where it is missing: whoever asks for the corpora needs them. */
export function corpusPath(name: string): string {
  const path = join(corporaFolder, name);
  if (!existsSync(path)) throw new Error(`../shared/${name} is needed here, and it is missing.`);
  return path;
}

/** Every file below a folder of the corpora whose path matches, sorted. Throws where none does. */
export function corpusFiles(folder: string, matching: RegExp): { readonly path: string; readonly name: string }[] {
  const top = corpusPath(folder);
  const found = filesBelow(top)
    .map((path) => ({ path, name: relative(top, path).split('\\').join('/') }))
    .filter(({ name }) => matching.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (found.length === 0) throw new Error(`No file of ../shared/${folder} matches ${matching}.`);
  return found;
}

/** Files that are no documents of events: schemas, contexts, answers of a capture interface, queries. */
const others = /XSD|JSON-Schema|EPCIS-JSON-Schema|epcis-context|CaptureJob|REST Bindings|\/Queries\//;

/** Their elements stand in an order that no schema allows; they are published to be hashed only. */
const misordered = /expected_equal\/timestampTimeZone3?\.xml$/;

/** Every EPCIS document of the corpora, valid and invalid. */
export function corpusDocuments(): SampleDocument[] {
  return ['gs1-epcis', 'openepcis-test-resources', 'epcis2js', 'epcis-event-hash'].flatMap((corpus) =>
    corpusFiles(`corpora/${corpus}`, /\.(jsonld|json|xml)$/)
      .filter(({ path }) => !others.test(path))
      .map(({ path, name }) => ({
        name: `${corpus}/${name}`,
        text: readFileSync(path, 'utf8'),
        mediaType: name.endsWith('.xml') ? ('application/xml' as const) : ('application/ld+json' as const),
        verdict: /\/Invalid\//.test(path) || misordered.test(path) ? ('invalid' as const) : ('valid' as const),
      })),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
