// Shows the ledger: its checkpoint and key to anybody, its entries with their proofs to those who may.
import { Hono } from 'hono';
import { LedgerPage } from '../../views/accounts/ledger-page.tsx';
import type { Deps, Env } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { page } from '../http/respond.tsx';
import { ledgerKeyOf } from './checkpoint.ts';
import { entryWithProof, latestEntries, ledgerSize, nodeSource } from './ledger-store.ts';
import { consistencyProof } from './merkle.ts';
import { verifierKey } from './note.ts';
import { cosignedNote, witnessStandings } from './witness-store.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

const entriesShown = 100;

export function ledgerRoutes({ db, secrets, clock, config }: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const publicKey = secrets.ledgerPublicKey.export({ type: 'spki', format: 'pem' }).toString();
  const verifier = verifierKey(ledgerKeyOf(secrets.ledgerPublicKey));
  const checkpoint = () => {
    const note = writeCheckpoint(db, secrets, clock());
    return cosignedNote(db, note, ledgerSize(db));
  };

  app.get('/ledger', (c) =>
    page(
      c,
      <LedgerPage
        words={c.get('words')}
        here={c.req.path}
        viewer={c.get('viewer')}
        size={ledgerSize(db)}
        checkpoint={checkpoint()}
        publicKey={publicKey}
        verifierKey={verifier}
        witnesses={witnessStandings(db, config.witnesses)}
        entries={latestEntries(db, entriesShown)}
      />,
    ),
  );
  app.get('/api/ledger/checkpoint', (c) => c.text(checkpoint()));
  app.get('/api/ledger/key', (c) => c.text(publicKey));
  app.get('/api/ledger/verifier-key', (c) => c.text(`${verifier}\n`));
  app.get('/api/ledger/entries/:seq', (c) => {
    const found = entryWithProof(db, natural(c.req.param('seq')));
    if (found === undefined) throw new Problem('not_found');
    const { entry, size, proof } = found;
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

function natural(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new Problem('not_found');
  return Number(text);
}
