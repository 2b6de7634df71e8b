// Shows the ledger: its checkpoint and key to anybody, its entries with their proofs, and a check of all of it, to those who may.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { LedgerEntryPage } from '../../views/accounts/ledger-entry-page.tsx';
import { type LedgerEntry, LedgerPage, ledgerColumns, type NamedSubject } from '../../views/accounts/ledger-page.tsx';
import { listed, rowsNeeded } from '../../views/parts/listing.tsx';
import { orderAsked } from '../../views/parts/sorting.tsx';
import type { Lang } from '../../views/text/texts.ts';
import { dayMs } from '../clock.ts';
import type { Deps, Env } from '../deps.ts';
import { listFile, mostHeld, mostInFile } from '../http/list-file.ts';
import { Problem } from '../http/problem.ts';
import { here, page, seeOther } from '../http/respond.tsx';
import { ledgerKeyOf } from './checkpoint.ts';
import { entryLeaf } from './entry.ts';
import type { LedgerCheck } from './ledger-check.ts';
import { entryWithProof, findEntries, ledgerRoot, ledgerSize, nodeSource, seqAt } from './ledger-store.ts';
import { consistencyProof, verifyInclusion } from './merkle.ts';
import { verifierKey } from './note.ts';
import { cosignedNote, witnessStandings } from './witness-store.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

export type LedgerJoin = {
  readonly check: LedgerCheck;
  /** What entries are about, by their subject; a subject nobody has a name for is left out. */
  readonly named: (subjects: readonly string[], lang: Lang) => ReadonlyMap<string, NamedSubject>;
};

const entryQuery = z.object({
  kind: z.string().max(60).catch(''),
  subject: z.string().trim().max(200).catch(''),
  from: z.iso.date().catch(''),
  until: z.iso.date().catch(''),
});

export function ledgerRoutes(deps: Deps, join: LedgerJoin): Hono<Env> {
  const app = new Hono<Env>();
  const { db, secrets } = deps;
  const publicKey = secrets.ledgerPublicKey.export({ type: 'spki', format: 'pem' }).toString();
  const verifier = verifierKey(ledgerKeyOf(secrets.ledgerPublicKey));
  const checkpoint = () => cosignedNote(db, writeCheckpoint(db, secrets, deps.clock()), ledgerSize(db));

  app.get('/ledger', (c) => list(c, deps, join, { checkpoint: checkpoint(), publicKey, verifierKey: verifier }));
  app.get('/ledger.csv', (c) =>
    listFile(c, 'ledger', ledgerColumns(c.get('words')), entriesAsked(c, deps, join, mostInFile + 1).entries),
  );
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

/** As every page writes days: Beijing's. */
const startOfDay = (day: string) => Date.parse(`${day}T00:00:00+08:00`);

type Asked = { readonly entries: readonly LedgerEntry[]; readonly cut: 'cut' | 'whole' };

/** As the address asks, by their names, at most so many. */
function entriesAsked(c: Context<Env>, { db }: Pick<Deps, 'db'>, join: LedgerJoin, limit: number): Asked {
  const { kind, subject, from, until } = entryQuery.parse(c.req.query());
  const words = c.get('words');
  const { entries, cut } = findEntries(db, {
    kind,
    subject,
    first: from === '' ? 0 : seqAt(db, startOfDay(from)),
    end: until === '' ? Number.MAX_SAFE_INTEGER : seqAt(db, startOfDay(until) + dayMs),
    order: orderAsked(here(c), ledgerColumns(words))?.way === 'ascending' ? 'oldest' : 'newest',
    limit,
  });
  const named = join.named([...new Set(entries.map((each) => each.subject))], words.lang);
  return { entries: entries.map(({ body: _, ...each }) => ({ ...each, named: named.get(each.subject) ?? null })), cut };
}

function list(c: Context<Env>, deps: Deps, join: LedgerJoin, signed: Signed): Promise<Response> {
  const { db, config } = deps;
  const words = c.get('words');
  const columns = ledgerColumns(words);
  const { entries, cut } = entriesAsked(c, deps, join, rowsNeeded(here(c), columns, mostHeld));
  return page(
    c,
    <LedgerPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      size={ledgerSize(db)}
      asked={entryQuery.parse(c.req.query())}
      entries={listed(words, here(c), columns, entries)}
      cut={entries.length === mostHeld ? 'cut' : cut}
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
