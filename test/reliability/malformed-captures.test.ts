// R11: ten thousand malformed captures over real HTTP: each is refused or taken in time, none breaks the server, and no
// more is stored than what was said to be.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { databaseName } from '../../server/open-deps.ts';
import { openDatabase, openReadOnly } from '../../server/store/db.ts';
import { damaged, mutated, randomFrom } from '../support/mutation.ts';
import { newDataDir, runCli, startServer } from '../support/process.ts';
import { seedDocuments } from '../support/seeds.ts';

const count = 10_000;
const senders = 4;
const seed = 20_261_122;
/** Documents as large as partners send them in one go are another test's; here their faults matter. */
const longestText = 60_000;
const dataDir = newDataDir();

type Sent = { readonly body: string; readonly mediaType: string; readonly onError: string };
type Answer = { readonly status: number; readonly ms: number; readonly accepted: number };

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it(`${count} malformed documents: no 5xx, p99 under 100 ms, and nothing stored that was refused`, async () => {
  const documents = seedDocuments().filter(({ text }) => text.length <= longestText);
  openDatabase(join(dataDir, databaseName)).sqlite.close();
  const bearer = runCli(dataDir, 'token', '--role', 'partner');
  const server = await startServer({ dataDir });
  const next = malformed(documents);
  const answers: Answer[] = [];
  const idleMs: number[] = [];
  const send = async () => {
    for (let sent = next(); sent !== undefined; sent = next()) {
      answers.push(await post(server.url, bearer, sent));
      if (answers.length % 20 === 0) idleMs.push(await idle(server.url));
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  expect(await server.end('SIGTERM')).toBe(0);

  expect(answers).toHaveLength(count);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(answers.filter(({ status }) => status === 400).length).toBeGreaterThan(count / 3);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 400]));
  // What the machine takes for a request that asks nothing of the product is not the document's.
  expect(at99(answers.map(({ ms }) => ms)) - at99(idleMs)).toBeLessThan(100);
  const db = openReadOnly(join(dataDir, databaseName));
  const stored = db.sqlite.prepare('SELECT count(*) FROM event').pluck().get();
  expect(stored).toBe(answers.reduce((sum, { accepted }) => sum + accepted, 0));
  const documentsKept = db.sqlite.prepare('SELECT count(*) FROM event_document').pluck().get();
  expect(documentsKept).toBe(answers.filter(({ accepted }) => accepted > 0).length);
  expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  db.sqlite.close();
}, 240_000);

/** The same documents in the same order for the same seed; undefined after the last. */
function malformed(documents: ReturnType<typeof seedDocuments>): () => Sent | undefined {
  const random = randomFrom(seed);
  let made = 0;
  return () => {
    if (made === count) return undefined;
    made += 1;
    const { text, mediaType } = documents[Math.floor(random() * documents.length)]!;
    const isTree = mediaType === 'application/ld+json' && random() < 0.5;
    let body = isTree ? JSON.stringify(mutated(JSON.parse(text), random)) : damaged(text, random);
    for (let more = random(); more < 0.4; more = random()) body = damaged(body, random);
    return { body, mediaType, onError: random() < 0.5 ? 'rollback' : 'proceed' };
  };
}

async function post(url: string, bearer: string, { body, mediaType, onError }: Sent): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(`${url}/epcis/capture`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': mediaType,
      'GS1-Capture-Error-Behaviour': onError,
    },
    body,
  });
  const text = await response.text();
  const ms = performance.now() - started;
  const accepted = response.status === 202 ? (JSON.parse(text) as { accepted: number }).accepted : 0;
  return { status: response.status, ms, accepted };
}

async function idle(url: string): Promise<number> {
  const started = performance.now();
  await (await fetch(`${url}/healthz`)).text();
  return performance.now() - started;
}

function at99(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}
