// Sound documents from which malformed ones are made: our own, and where the corpora lie beside the repository those too.
import { corpusDocuments } from './corpora.ts';
import { areCorporaHere } from './parts.ts';
import { eventVectors, type SampleDocument } from './vectors.ts';

/** Never empty. */
export function seedDocuments(): readonly SampleDocument[] {
  return areCorporaHere() ? [...eventVectors(), ...corpusDocuments()] : eventVectors();
}
