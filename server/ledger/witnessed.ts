// What independent witnesses signed of this ledger: as it is kept here, and as they say themselves; held against the entries and their keys.
import type { KeyObject } from 'node:crypto';
import type { Db } from '../store/db.ts';
import { readCheckpoint } from './checkpoint.ts';
import { readCosignature } from './cosignature.ts';
import type { Heard } from './hear-witnesses.ts';
import { readNote, readVerifierKey } from './note.ts';

export type Witnessed = {
  readonly name: string;
  /** It signed that the ledger had these first entries; null: nothing that is known here. */
  readonly size: number | null;
  /** The witness's own time of that, unix ms. */
  readonly at: number | null;
  /** Whether it was heard itself, or only what is kept here of it. */
  readonly heard: boolean;
};

export type WitnessQuestion = {
  readonly publicKey: KeyObject;
  /** Whose cosignatures count, and what they say themselves. */
  readonly heard: readonly Heard[];
  readonly size: number;
  readonly rootAt: (size: number) => Buffer;
};

type Say = (place: string, detail: string) => void;
type Row = { witness: string; size: number | null; note: string | null; signedAt: number | null };
type Signed = { readonly size: number; readonly at: number };

/** Of known witnesses alone. What others signed is looked at too, for it has to be true, but counts for nothing. */
export function witnessedBy(db: Db, question: WitnessQuestion, say: Say): Witnessed[] {
  const rows = db.sqlite
    .prepare('SELECT witness, size, note, signed_at AS signedAt FROM ledger_witness ORDER BY witness')
    .all() as Row[];
  const kept = new Map(rows.map((row) => [row.witness, keptSigned(row, question, say)]));
  return question.heard.map(({ witness: { witness, key }, note }): Witnessed => {
    const here = kept.get(witness);
    const said = note === undefined || note === null ? undefined : signedIn(note, witness, question, say);
    // What is kept here of it is a copy: it may be older by one asking, and was made anew where it was lost.
    const best = said ?? here;
    return { name: key.name, size: best?.size ?? null, at: best?.at ?? null, heard: note !== undefined };
  });
}

function keptSigned(row: Row, question: WitnessQuestion, say: Say): Signed | undefined {
  if (row.note === null && row.size === null && row.signedAt === null) return undefined;
  const signed = signedIn(String(row.note), String(row.witness), question, say);
  if (signed !== undefined && (signed.size !== row.size || signed.at !== row.signedAt))
    say(nameOf(row.witness), 'What is kept of it is not what it signed.');
  return signed;
}

/** What the note states, when the ledger and the witness signed it; whatever is wrong with it is said. */
function signedIn(
  note: string,
  witness: string,
  { publicKey, size, rootAt }: WitnessQuestion,
  say: Say,
): Signed | undefined {
  const key = readVerifierKey(witness);
  const read = readNote(note);
  const stated = readCheckpoint(note, publicKey);
  const cosignature = key === undefined || read === undefined ? undefined : readCosignature(read, key);
  if (stated === undefined || !cosignature) {
    say(nameOf(witness), 'The checkpoint it signed is not kept as it was: a signature does not hold.');
    return undefined;
  }
  if (stated.size > size)
    say(nameOf(witness), `It signed ${stated.size} entries, and the ledger has ${size}: the end was cut off.`);
  else if (!rootAt(stated.size).equals(stated.root))
    say(nameOf(witness), `The first ${stated.size} entries are not those that it signed: history was rewritten.`);
  return { size: stated.size, at: cosignature.at };
}

function nameOf(witness: string): string {
  return `witness ${witness.split('+')[0]}`;
}
