// Has the newest checkpoint signed by every witness, and writes down how each of them fared.
import { eq } from 'drizzle-orm';
import type { Deps } from '../deps.ts';
import { type Db, writeTransaction } from '../store/db.ts';
import { readCosignature } from './cosignature.ts';
import type { KnownWitness } from './known-witness.ts';
import { newestCheckpoint, nodeSource } from './ledger-store.ts';
import { consistencyProof } from './merkle.ts';
import { noteOf, readNote } from './note.ts';
import { ledgerWitnesses, type WitnessState } from './tables.ts';

type AskDeps = Pick<Deps, 'db' | 'clock' | 'config'>;
type Outcome =
  | { readonly state: 'signed'; readonly size: number; readonly note: string; readonly signedAt: number }
  | { readonly state: 'silent' | 'refused'; readonly detail: string };

const answerWithinMs = 10_000;
const mostAnswer = 65_536;

/** The `witness` job; one that is away holds up no other. */
export async function askWitnesses(deps: AskDeps): Promise<void> {
  const newest = newestCheckpoint(deps.db);
  if (newest === undefined) return;
  await Promise.all(
    deps.config.witnesses.map(async (witness) => {
      const signed = keptOf(deps.db, witness)?.size ?? 0;
      keep(deps, witness, await askOne(deps.db, witness, newest, signed, 'again'));
    }),
  );
}

type Signed = { readonly size: number; readonly note: string };

/** `onConflict`: a witness that has signed further than is known here is asked once more from there. */
async function askOne(
  db: Db,
  witness: KnownWitness,
  newest: Signed,
  old: number,
  onConflict: 'again' | 'stop',
): Promise<Outcome> {
  const proof = old > newest.size ? [] : consistencyProof(old, newest.size, nodeSource(db));
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
  const answer = await post(`${witness.url}/add-checkpoint`, `old ${old}\n${lines}\n${newest.note}`);
  if (answer === undefined) return { state: 'silent', detail: `${witness.url} does not answer.` };
  const { status, text, type } = answer;
  if (status === 200) return cosigned(witness, newest, text);
  const size =
    status === 409 && /^text\/x\.tlog\.size/.test(type) ? Number(/^\d{1,15}(?=\n$)/.exec(text)?.[0]) : Number.NaN;
  if (size > newest.size)
    return { state: 'refused', detail: `It signed ${size} entries before; this ledger has ${newest.size}.` };
  if (size !== old && size >= 0 && onConflict === 'again') return askOne(db, witness, newest, size, 'stop');
  return status >= 500
    ? { state: 'silent', detail: `It answers ${status}.` }
    : { state: 'refused', detail: `${status}: ${text.trim().slice(0, 200)}` };
}

async function post(url: string, body: string) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(answerWithinMs),
      redirect: 'error',
    });
    const text = (await answer.text()).slice(0, mostAnswer);
    return { status: answer.status, text, type: answer.headers.get('content-type') ?? '' };
  } catch {
    // Away, too slow, or no address at all: for the ledger it is one and the same.
    return undefined;
  }
}

function cosigned({ key }: KnownWitness, { size, note }: Signed, lines: string): Outcome {
  const [text = '', own = ''] = note.split('\n\n');
  const whole = readNote(noteOf(`${text}\n`, [own, lines]));
  const cosignature = whole && readCosignature(whole, key);
  if (!cosignature) return { state: 'refused', detail: 'What it signed with is not its key.' };
  return { state: 'signed', size, note: noteOf(`${text}\n`, [own, lines]), signedAt: cosignature.at };
}

function keptOf(db: Db, { witness }: KnownWitness) {
  return db.orm.select().from(ledgerWitnesses).where(eq(ledgerWitnesses.witness, witness)).get();
}

function keep({ db, clock }: AskDeps, witness: KnownWitness, outcome: Outcome): void {
  writeTransaction(db, () => {
    const before = keptOf(db, witness);
    const now = clock();
    const since = before?.state === outcome.state ? before.since : now;
    const asked = { url: witness.url, askedAt: now, state: outcome.state as WitnessState, since };
    const { size, note, signedAt } =
      outcome.state === 'signed' ? outcome : (before ?? { size: null, note: null, signedAt: null });
    const detail = outcome.state === 'signed' ? null : outcome.detail;
    const row = { ...asked, size, note, signedAt, detail };
    db.orm
      .insert(ledgerWitnesses)
      .values({ witness: witness.witness, ...row })
      .onConflictDoUpdate({ target: ledgerWitnesses.witness, set: row })
      .run();
  });
}
