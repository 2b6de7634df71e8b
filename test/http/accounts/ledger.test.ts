// The ledger's page: what the witnesses of this ledger have signed, or that there is none.
import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { ledgerKeyOf } from '../../../server/ledger/checkpoint.ts';
import { signatureTypes, verifierKey } from '../../../server/ledger/note.ts';
import { ledgerWitnesses } from '../../../server/ledger/tables.ts';
import { openTestServer } from '../../support/server.ts';

const { publicKey } = generateKeyPairSync('ed25519');
const witness = verifierKey({ name: 'seen.example', type: signatureTypes.witness, key: publicKey });

it('without a witness it says that whoever holds the machine could rewrite it', async () => {
  const { call } = openTestServer();
  const page = await (await call('/ledger', { as: 'admin', headers: { 'accept-language': 'en' } })).text();
  expect(page).toContain('No witness is set');
  expect(page).not.toContain('refuses to sign');
});

it('a witness that refuses is named, with what has to be done, in both languages', async () => {
  const url = 'http://seen.example:8090';
  const { call, db, clock } = openTestServer({ environment: { WITNESSES: `${witness} ${url}` } });
  db.orm
    .insert(ledgerWitnesses)
    .values({ witness, url, askedAt: clock.now(), since: 1, state: 'refused', detail: '422' })
    .run();
  const pageIn = async (lang: string) =>
    (await call('/ledger', { as: 'inspector', headers: { 'accept-language': lang } })).text();
  expect(await pageIn('en')).toContain('refuses to sign');
  expect(await pageIn('zh-CN')).toContain('拒绝签名');
});

it('hands out its key in the form that witnesses take', async () => {
  const { call, deps } = openTestServer();
  const key = verifierKey(ledgerKeyOf(deps.secrets.ledgerPublicKey));
  expect(await (await call('/api/ledger/verifier-key')).text()).toBe(`${key}\n`);
});
