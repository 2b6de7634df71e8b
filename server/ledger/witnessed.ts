// What independent witnesses signed of this ledger, as it is kept here, held against the entries and against the witnesses' own keys.
import type { KeyObject } from 'node:crypto';
import type { Db } from '../store/db.ts';
import { readCheckpoint } from './checkpoint.ts';
import { readCosignature } from './cosignature.ts';
import { type NamedKey, readNote, readVerifierKey, verifierKey } from './note.ts';

export type Witnessed = {
  /** The witness's key as verifiers are given it. */
  readonly witness: string;
  readonly name: string;
  /** It signed that the ledger had these first entries; null: it has signed nothing yet. */
  readonly size: number | null;
  /** The witness's own time of that, unix ms. */
  readonly at: number | null;
};

export type WitnessQuestion = {
  readonly publicKey: KeyObject;
  readonly witnesses: readonly NamedKey[];
  readonly size: number;
  readonly rootAt: (size: number) => Buffer;
};

type Row = { witness: string; size: number | null; note: string | null; signedAt: number | null };

/** Of known witnesses alone. What others signed is looked at too, for it has to be true, but counts for nothing. */
export function witnessedBy(
  db: Db,
  question: WitnessQuestion,
  note: (place: string, detail: string) => void,
): Witnessed[] {
  const rows = db.sqlite
    .prepare('SELECT witness, size, note, signed_at AS signedAt FROM ledger_witness ORDER BY witness')
    .all() as Row[];
  const kept = new Map(rows.map((row) => [row.witness, row]));
  for (const row of rows) {
    const fault = row.note === null && row.size === null && row.signedAt === null ? undefined : faultOf(row, question);
    if (fault !== undefined) note(`witness ${row.witness.split('+')[0]}`, fault);
  }
  return question.witnesses.map((key): Witnessed => {
    const witness = verifierKey(key);
    const row = kept.get(witness);
    return { witness, name: key.name, size: row?.size ?? null, at: row?.signedAt ?? null };
  });
}

function faultOf(row: Row, { publicKey, size, rootAt }: WitnessQuestion): string | undefined {
  const key = readVerifierKey(row.witness);
  const read = readNote(String(row.note));
  const stated = readCheckpoint(String(row.note), publicKey);
  if (key === undefined || read === undefined || stated === undefined || stated.size !== row.size)
    return 'The checkpoint it signed is not kept as it was.';
  const cosignature = readCosignature(read, key);
  if (cosignature === undefined || cosignature === false || cosignature.at !== row.signedAt)
    return 'Its signature does not hold.';
  if (stated.size > size) return `It signed ${stated.size} entries, and the ledger has ${size}: the end was cut off.`;
  return rootAt(stated.size).equals(stated.root)
    ? undefined
    : `The first ${stated.size} entries are not those that it signed: history was rewritten.`;
}
