// A witness that is away, and one that refuses because history was rewritten: who is told, where, and what goes on all the same.
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minuteMs } from '../../../server/clock.ts';
import { appendEntry } from '../../../server/ledger/append.ts';
import { ledgerKeyOf } from '../../../server/ledger/checkpoint.ts';
import { signatureTypes, verifierKey } from '../../../server/ledger/note.ts';
import { writeTransaction } from '../../../server/store/db.ts';
import { witnessApp } from '../../../server/witness/witness-app.ts';
import { openWitnessStore } from '../../../server/witness/witness-store.ts';
import { workOf } from '../../../server/work.ts';
import { type PersonAtWork, signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';
import { rewriteHistory } from '../../support/witness-process.ts';

let server: TestServer;
let admin: PersonAtWork;
let app: Hono;
let listening: ServerType;
let port: number;

beforeEach(async () => {
  const store = openWitnessStore(mkdtempSync(join(tmpdir(), 'witness-')));
  const key = { name: 'seen.example', type: signatureTypes.witness, key: store.publicKey };
  await comeBack(0);
  const environment = { WITNESSES: `${verifierKey(key)} http://127.0.0.1:${port}` };
  server = openTestServer({ environment });
  app = witnessApp(key, [ledgerKeyOf(server.deps.secrets.ledgerPublicKey)], store, server.clock.now);
  admin = await signedIn(server, { login: 'xu', role: 'admin' });
  await aMinuteLater();
});
afterEach(goAway);

async function comeBack(at: number) {
  await new Promise<void>((resolve) => {
    listening = serve({ fetch: (request) => app.fetch(request), hostname: '127.0.0.1', port: at }, () => resolve());
  });
  port = (listening.address() as AddressInfo).port;
}

async function goAway() {
  if ('closeAllConnections' in listening) listening.closeAllConnections();
  await new Promise<void>((resolve) => listening.close(() => resolve()));
}

/** Something is recorded, and the clock asks the witness. */
async function aMinuteLater() {
  server.clock.pass(minuteMs);
  const verdict = {
    kind: 'verdict' as const,
    subject: 'flag/1',
    body: { decision: 'confirmed' },
    at: server.clock.now(),
  };
  writeTransaction(server.db, () => appendEntry(server.db, verdict));
  await workOf(server.deps)['checkpoint']?.({}, undefined as never);
}

/** What a proxy, a monitor and an administrator on any page are told. */
async function told() {
  const ready = await server.call('/readyz');
  const metrics = await (await server.call('/metrics', { as: 'admin' })).text();
  const states = ['signed', 'silent', 'refused'] as const;
  const bar = /href="\/health"[^>]*>[^<]*<span class="count">(\d+)</.exec(await admin.text('/people'))?.[1];
  return {
    ready: [ready.status, (await ready.json()).witnesses],
    metrics: states.filter((state) => metrics.includes(`ledger_witnesses{state="${state}"} 1`)),
    bar: Number(bar ?? 0),
    notices: (await admin.text('/notices')).split('日志的见证出了问题').length - 1,
  };
}
const healthIn = (lang: string) => admin.text(`/health?lang=${lang}`);

it('a witness that signs is no news', async () => {
  expect(await told()).toEqual({ ready: [200, 'signing'], metrics: ['signed'], bar: 0, notices: 0 });
  expect(await healthIn('zh')).not.toContain('seen.example');
});

it('a witness that is away is news after ten minutes, on every page of an administrator; it is over when it signs again', async () => {
  await goAway();
  for (let minute = 0; minute < 10; minute++) await aMinuteLater();
  expect(await told()).toEqual({ ready: [200, 'signing'], metrics: ['silent'], bar: 0, notices: 0 });
  await aMinuteLater();
  expect(await told()).toEqual({ ready: [200, 'silent'], metrics: ['silent'], bar: 1, notices: 1 });
  for (let minute = 0; minute < 3; minute++) await aMinuteLater();
  expect((await told()).notices, 'told once').toBe(1);
  expect(await healthIn('zh')).toMatch(/见证方 seen\.example 自 .+ 起没有应答/);
  expect(await healthIn('en')).toMatch(/Witness seen\.example has not answered since .+ nobody vouches/);
  await comeBack(port);
  await aMinuteLater();
  expect(await told()).toEqual({ ready: [200, 'signing'], metrics: ['signed'], bar: 0, notices: 1 });
});

it('a witness that refuses a rewritten history is news at once, and pages are served all the same', async () => {
  await aMinuteLater();
  rewriteHistory(server.db, 1, '{"decision":"cleared"}');
  await aMinuteLater();
  expect(await told()).toEqual({ ready: [200, 'refused'], metrics: ['refused'], bar: 1, notices: 1 });
  expect(await healthIn('zh')).toMatch(/见证方 seen\.example 自 .+ 起拒绝签名：.+立即运行 verify/);
  expect(await healthIn('en')).toMatch(/Witness seen\.example has refused to sign since .+run verify now/);
});

it('without a witness nothing is said of one', async () => {
  const alone = openTestServer();
  expect(await (await alone.call('/readyz')).json()).toMatchObject({ witnesses: 'none' });
});
