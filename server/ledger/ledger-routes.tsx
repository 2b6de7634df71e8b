// Shows the ledger: its checkpoint and key to anybody, its entries with their proofs, and a check of all of it, to those who may.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { LedgerEntryPage } from '../../views/accounts/ledger-entry-page.tsx';
import { LedgerPage, type NamedSubject } from '../../views/accounts/ledger-page.tsx';
import type { Lang } from '../../views/text/texts.ts';
import type { Deps, Env } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { here, page, seeOther } from '../http/respond.tsx';
import { ledgerKeyOf } from './checkpoint.ts';
import { entryLeaf } from './entry.ts';
import type { LedgerCheck } from './ledger-check.ts';
import { entryWithProof, findEntries, ledgerRoot, ledgerSize, nodeSource } from './ledger-store.ts';
import { consistencyProof, verifyInclusion } from './merkle.ts';
import { verifierKey } from './note.ts';
import { cosignedNote, witnessStandings } from './witness-store.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

const perPage = 50;

export type LedgerJoin = {
  readonly check: LedgerCheck;
  /** What entries are about, by their subject; a subject nobody has a name for is left out. */
  readonly named: (subjects: readonly string[], lang: Lang) => ReadonlyMap<string, NamedSubject>;
};

const entryQuery = z.object({
  kind: z.string().max(60).catch(''),
  subject: z.string().trim().max(200).catch(''),
  before: z.coerce.number().int().min(0).catch(Number.MAX_SAFE_INTEGER),
});

export function ledgerRoutes(deps: Deps, join: LedgerJoin): Hono<Env> {
  const app = new Hono<Env>();
  const { db, secrets } = deps;
  const publicKey = secrets.ledgerPublicKey.export({ type: 'spki', format: 'pem' }).toString();
  const verifier = verifierKey(ledgerKeyOf(secrets.ledgerPublicKey));
  const checkpoint = () => cosignedNote(db, writeCheckpoint(db, secrets, deps.clock()), ledgerSize(db));

  app.get('/ledger', (c) => list(c, deps, join, { checkpoint: checkpoint(), publicKey, verifierKey: verifier }));
  app.post('/ledger/checks', (c) => {
    join.check.start();
    return seeOther(c, '/ledger#check');
  });
  app.get('/ledger/entries/:seq', (c) => entry(c, deps, join));
  app.get('/api/ledger/checkpoint', (c) => c.text(checkpoint()));
  app.get('/api/ledger/key', (c) => c.text(publicKey));
  app.get('/api/ledger/verifier-key', (c) => c.text(`${verifier}\n`));
  app.get('/api/ledger/entries/:seq', (c) => {
    const { entry, size, proof } = entryAsked(c, deps);
    return c.json({
      ...entry,
      body: JSON.parse(entry.body),
      size,
      proof: proof.map((hash) => hash.toString('base64')),
    });
  });
  app.get('/api/ledger/consistency', (c) => {
    const size = ledgerSize(db);
    const [from, to] = [natural(c.req.query('from')), natural(c.req.query('to') ?? String(size))];
    if (from > to || to > size) throw new Problem('not_found', { detail: `The ledger has ${size} entries.` });
    const proof = consistencyProof(from, to, nodeSource(db));
    return c.json({ from, to, proof: proof.map((hash) => hash.toString('base64')) });
  });
  return app;
}

type Signed = { readonly checkpoint: string; readonly publicKey: string; readonly verifierKey: string };

function list(c: Context<Env>, { db, config }: Deps, join: LedgerJoin, signed: Signed): Promise<Response> {
  const { kind, subject, before } = entryQuery.parse(c.req.query());
  const words = c.get('words');
  const found = findEntries(db, { kind, subject, before, limit: perPage });
  const named = join.named([...new Set(found.entries.map((each) => each.subject))], words.lang);
  const next = found.before === null ? null : new URLSearchParams({ kind, subject, before: String(found.before) });
  return page(
    c,
    <LedgerPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      size={ledgerSize(db)}
      asked={{ kind, subject }}
      entries={found.entries.map(({ body: _body, ...each }) => ({ ...each, named: named.get(each.subject) ?? null }))}
      nextHref={next === null ? null : `/ledger?${next}`}
      check={join.check.now()}
      witnesses={witnessStandings(db, config.witnesses)}
      {...signed}
    />,
  );
}

function entryAsked(c: Context<Env>, { db }: Pick<Deps, 'db'>) {
  const found = entryWithProof(db, natural(c.req.param('seq')));
  if (found === undefined) throw new Problem('not_found');
  return found;
}

/** The proof is worked out again here, as whoever holds an older checkpoint would. */
function entry(c: Context<Env>, deps: Deps, join: LedgerJoin): Promise<Response> {
  const words = c.get('words');
  const { entry: found, size, proof } = entryAsked(c, deps);
  const stands = verifyInclusion(entryLeaf(found), found.seq, size, proof, ledgerRoot(deps.db, size));
  return page(
    c,
    <LedgerEntryPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      entry={{ ...found, named: join.named([found.subject], words.lang).get(found.subject) ?? null }}
      size={size}
      proof={stands ? 'holds' : 'fails'}
    />,
  );
}

function natural(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new Problem('not_found');
  return Number(text);
}
