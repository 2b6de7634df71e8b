// Asks each witness what it signed last, so that a check does not rest on what an administrator could have taken out of the database.
import type { KnownWitness } from './known-witness.ts';

export type Heard = {
  readonly witness: KnownWitness;
  /** The note it signed last, not yet checked; null: nothing for this ledger; undefined: it does not answer. */
  readonly note: string | null | undefined;
};

const answerWithinMs = 5_000;
const mostAnswer = 65_536;

export function hearWitnesses(witnesses: readonly KnownWitness[], origin: string): Promise<Heard[]> {
  return Promise.all(witnesses.map(async (witness) => ({ witness, note: await hear(witness, origin) })));
}

async function hear({ url }: KnownWitness, origin: string): Promise<string | null | undefined> {
  try {
    const answer = await fetch(`${url}/checkpoint?${new URLSearchParams({ origin })}`, {
      signal: AbortSignal.timeout(answerWithinMs),
      redirect: 'error',
    });
    if (answer.status === 404) return null;
    return answer.ok ? (await answer.text()).slice(0, mostAnswer) : undefined;
  } catch {
    // A witness of another make has no such address; then what is kept here has to do.
    return undefined;
  }
}
