// How the witnesses of the settings stand: up to where each has signed, and whether it answers.
import { minuteMs } from '../clock.ts';
import type { Db } from '../store/db.ts';
import type { KnownWitness } from './known-witness.ts';
import { noteOf } from './note.ts';
import { ledgerWitnesses, type WitnessState } from './tables.ts';

export type WitnessStanding = {
  readonly name: string;
  readonly url: string;
  /** `unasked`: the settings name it, and it has not been asked yet. */
  readonly state: WitnessState | 'unasked';
  /** Entries it has signed for; null: none yet. */
  readonly size: number | null;
  readonly signedAt: number | null;
  readonly since: number | null;
  readonly detail: string | null;
  /** The checkpoint it signed last, with its signature and the ledger's. */
  readonly note: string | null;
};

export function witnessStandings(db: Db, witnesses: readonly KnownWitness[]): WitnessStanding[] {
  const rows = new Map(
    db.orm
      .select()
      .from(ledgerWitnesses)
      .all()
      .map((row) => [row.witness, row]),
  );
  return witnesses.map(({ witness, key, url }): WitnessStanding => {
    const row = rows.get(witness);
    if (row === undefined)
      return {
        name: key.name,
        url,
        state: 'unasked',
        size: null,
        signedAt: null,
        since: null,
        detail: null,
        note: null,
      };
    const { state, size, signedAt, since, detail, note } = row;
    return { name: key.name, url, state, size, signedAt, since, detail, note };
  });
}

export type WitnessTrouble = { readonly name: string; readonly state: 'silent' | 'refused'; readonly since: number };

// A witness that is started again, or a network that stumbles, is no news.
const patienceMs = 10 * minuteMs;

/** Who refuses to sign, and who has not answered for ten minutes: somebody has to look. */
export function witnessTroubles(db: Db, witnesses: readonly KnownWitness[], now: number): WitnessTrouble[] {
  return witnessStandings(db, witnesses).flatMap(({ name, state, since }) => {
    if (since === null || state === 'signed' || state === 'unasked') return [];
    return state === 'refused' || now - since >= patienceMs ? [{ name, state, since }] : [];
  });
}

/** In one word, the worst first; `none` where the settings name no witness. */
export function witnessesInShort(
  db: Db,
  witnesses: readonly KnownWitness[],
  now: number,
): 'none' | 'signing' | WitnessTrouble['state'] {
  if (witnesses.length === 0) return 'none';
  const troubles = witnessTroubles(db, witnesses, now);
  if (troubles.some(({ state }) => state === 'refused')) return 'refused';
  return troubles.length > 0 ? 'silent' : 'signing';
}

/** The checkpoint of this size with the signature of each witness that signed this very one. */
export function cosignedNote(db: Db, note: string, size: number): string {
  const kept = db.sqlite.prepare('SELECT note FROM ledger_witness WHERE size = ? ORDER BY witness').pluck().all(size);
  const [text = '', own = ''] = note.split('\n\n');
  const others = (kept as string[])
    .filter((other) => other.startsWith(`${text}\n\n${own}`))
    .map((other) => other.slice(note.length));
  return noteOf(`${text}\n`, [own, ...others]);
}
