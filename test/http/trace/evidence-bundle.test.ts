// An evidence bundle leaves the house and is checked without it: whole, or the false byte named, whatever was changed.
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestOf, signManifest } from '../../../server/ledger/bundle-manifest.ts';
import { openBundle, sealBundle } from '../../../server/ledger/evidence-bundle.ts';
import { readZip, writeZip, type ZipFile } from '../../../server/ledger/plain-zip.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { evidenceFaults } from '../../../server/trace/evidence/check-evidence-bundle.ts';
import { gatherEvidence } from '../../../server/trace/evidence/evidence-bundle-store.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { writeRecallReport } from '../../../server/trace/report/write-recall-report.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const code = lotUri(products.belly, 'A07');
let server: TestServer;
let recallId: string;
let bundle: Buffer;

beforeAll(async () => {
  server = openTestServer();
  for (const siteId of [places.wholesaler, places.dingxiang])
    registerPlace(server.deps, { siteId, name: siteId, kind: 'restaurant' });
  const list = [
    events.commission(hour(0), places.wholesaler, [[code, 100, 'KGM']]),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[code, 24, 'KGM']]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [[code, 24, 'KGM']]),
  ];
  for (const event of list)
    captureDocument(server.deps, readForCapture(documentOf([event]), 'application/ld+json'), null, {
      onError: 'rollback',
    });
  const started = await server.call('/api/recalls', { as: 'inspector', json: { code, reason: '兽药残留超标' } });
  recallId = ((await started.json()) as { id: string }).id;
  const photo = await sharp({ create: { width: 200, height: 120, channels: 3, background: '#804020' } })
    .png()
    .toBuffer();
  const form = new FormData();
  for (const [name, value] of Object.entries({ action: 'destroyed', quantity: '24', unit: 'kg', note: '深埋' }))
    form.set(name, value);
  form.set('photo', new File([Uint8Array.from(photo)], 'p.png', { type: 'image/png' }));
  const owner = { as: 'owner', sites: [places.dingxiang] } as const;
  expect((await server.call(`/api/recalls/${recallId}/answers`, { ...owner, body: form })).status).toBe(201);
  await server.call(`/recalls/${recallId}/closed`, { as: 'inspector', form: { reason: '完毕', accept: 'open' } });
  await writeRecallReport(server.deps, { recallId: 1 }, () => []);
  const response = await server.call(`/recalls/${recallId}/evidence`, { as: 'inspector', method: 'POST' });
  expect(response.status).toBe(200);
  bundle = Buffer.from(await response.arrayBuffer());
});

const check = (zip: Buffer) => {
  const reading = openBundle(zip);
  return [...reading.faults, ...evidenceFaults(reading)];
};
const filesOf = (zip: Buffer): ZipFile[] => {
  const reading = readZip(zip);
  return reading.ok ? reading.files.map(({ path, bytes }) => ({ path, bytes: Buffer.from(bytes) })) : [];
};
const pathLike = (pattern: RegExp) => filesOf(bundle).find(({ path }) => pattern.test(path))?.path ?? '';
const within = (path: string) => bundle.indexOf(filesOf(bundle).find((file) => file.path === path)?.bytes ?? '');

describe('an evidence bundle', () => {
  it('is whole, and holds documents, chain, recall, photo, report, proofs and a README in both languages', () => {
    expect(check(bundle)).toEqual([]);
    const paths = filesOf(bundle).map(({ path }) => path);
    for (const pattern of [
      /^README\.txt$/,
      /^说明\.txt$/,
      /^captures\/[^/]+\/document\.json$/,
      /^chain\/backward\.json$/,
      /^recalls\/[^/]+\/answers\.json$/,
      /^recalls\/[^/]+\/report-zh-CN\.pdf$/,
      // Nobody has looked for heads on it here, so it is blurred; its name says whose rendition it is.
      /^photos\/[0-9a-f]{64}-blurred\.jpg$/,
      /^ledger\/checkpoint\.txt$/,
    ])
      expect(
        paths.some((path) => pattern.test(path)),
        String(pattern),
      ).toBe(true);
    expect(openBundle(bundle).entries.length).toBeGreaterThanOrEqual(7);
  });

  it('is the same to the last byte when nothing has changed in between', () => {
    const lot = lotByCode(server.db, code)!;
    const seal = () => {
      const { files, seqs } = gatherEvidence(server.deps, lot, new Map());
      return sealBundle({ db: server.db, secrets: server.deps.secrets, at: 5 }, files, seqs);
    };
    expect(seal().equals(seal())).toBe(true);
  });

  it('says what it left out, and what is in it still holds', () => {
    const lot = lotByCode(server.db, code)!;
    const bounds = { holdings: 100, captures: 1, captureBytes: 1e6, recalls: 10 };
    const { files, seqs } = gatherEvidence(server.deps, lot, new Map(), bounds);
    const small = sealBundle({ db: server.db, secrets: server.deps.secrets, at: 5 }, files, seqs);
    const about =
      filesOf(small)
        .find(({ path }) => path === 'about.json')
        ?.bytes.toString('utf8') ?? '';
    expect(JSON.parse(about)).toMatchObject({ leftOut: ['captures'] });
    expect(check(small)).toEqual([]);
  });

  it('stands in the ledger with its hash and who took it', () => {
    const body = server.db.sqlite.prepare("SELECT body FROM ledger_entry WHERE kind = 'evidence'").pluck().get();
    const sha256 = createHash('sha256').update(bundle).digest('hex');
    expect(JSON.parse(body as string)).toMatchObject({ sha256 });
  });
});

describe('one changed byte is found and named', () => {
  const parts: [string, RegExp][] = [
    ['an event document', /^captures\/[^/]+\/document\.json$/],
    ['an event', /^captures\/[^/]+\/events\.jsonl$/],
    ['the chain', /^chain\/forward\.json$/],
    ['an answer', /answers\.json$/],
    ['the scope', /scope\.json$/],
    ['a photo', /^photos\//],
    ['the report', /report-en\.pdf$/],
    ['a ledger entry', /^ledger\/entries\.jsonl$/],
    ['the README', /^README\.txt$/],
    ['the manifest', /^manifest\.json$/],
  ];
  it.each(parts)('in %s', (_what, pattern) => {
    const path = pathLike(pattern);
    const at = 37;
    const changed = Buffer.from(bundle);
    changed[within(path) + at] = (changed[within(path) + at] ?? 0) ^ 1;
    expect(check(changed)[0]).toMatchObject({ place: path, byte: at });
  });

  it('in the signature, the key and the checkpoint', () => {
    for (const [path, at] of [
      ['manifest.sig', 10],
      ['key.pem', 40],
      ['ledger/checkpoint.txt', 3],
    ] as const) {
      const changed = Buffer.from(bundle);
      changed[within(path) + at] = (changed[within(path) + at] ?? 0) ^ 1;
      expect(check(changed)[0]?.place).toBe(path);
    }
  });

  it('anywhere else in the zip: every header byte counts', () => {
    const inside = filesOf(bundle).map(({ path, bytes }) => [within(path), within(path) + bytes.length] as const);
    const outside = (at: number) => !inside.some(([from, until]) => at >= from && at < until);
    const places = [0, 5, 11, 15, 28, 31, bundle.length - 1, bundle.length - 12, bundle.length - 200].filter(outside);
    expect(places.length).toBeGreaterThan(6);
    for (const at of places) {
      const changed = Buffer.from(bundle);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(check(changed).length, `byte ${at}`).toBeGreaterThan(0);
    }
  });
});

describe('more than one byte', () => {
  const repacked = (change: (files: ZipFile[]) => ZipFile[]) => writeZip(change(filesOf(bundle)));

  it('a file taken out or put in is named', () => {
    const photo = pathLike(/^photos\//);
    expect(check(repacked((files) => files.filter(({ path }) => path !== photo)))[0]).toMatchObject({ place: photo });
    const more = repacked((files) => [{ path: 'a.txt', bytes: Buffer.from('x') }, ...files]);
    expect(check(more)).toMatchObject([{ place: 'a.txt' }]);
  });

  it('an end cut off or hung on is found', () => {
    for (const zip of [bundle.subarray(0, -1), bundle.subarray(0, 1_000), Buffer.concat([bundle, Buffer.from('x')])])
      expect(check(zip).length).toBeGreaterThan(0);
    expect(check(Buffer.from('no zip at all'))[0]).toMatchObject({ place: 'zip', byte: 0 });
  });

  it('whoever holds the key and seals a changed document again is found by the ledger', () => {
    const said = '"quantity":100';
    const isChanged = ({ path, bytes }: ZipFile) => path.endsWith('/document.json') && bytes.includes(said);
    const path = filesOf(bundle).find(isChanged)?.path;
    const files = filesOf(bundle).map((file) =>
      isChanged(file)
        ? { path: file.path, bytes: Buffer.from(file.bytes.toString('utf8').replace(said, '"quantity":900')) }
        : file,
    );
    const manifest = manifestOf(files);
    const sealed = files.map((file) =>
      file.path === 'manifest.json'
        ? { path: file.path, bytes: manifest }
        : file.path === 'manifest.sig'
          ? { path: file.path, bytes: signManifest(manifest, server.deps.secrets.ledgerKey) }
          : file,
    );
    const faults = check(writeZip(sealed));
    expect(faults[0]).toMatchObject({ place: path, detail: 'It is not what came.' });
  });

  it('a bundle sealed with a stranger’s key is refused when the authority’s is known', () => {
    const stranger = generateKeyPairSync('ed25519');
    expect(openBundle(bundle, server.deps.secrets.ledgerPublicKey).faults).toEqual([]);
    expect(openBundle(bundle, stranger.publicKey).faults.length).toBeGreaterThan(0);
  });
});

describe('who may take one', () => {
  it('inspectors and administrators', async () => {
    for (const as of ['owner', 'partner', 'reviewer'] as const) {
      expect((await server.call('/api/lots/1/evidence', { as, method: 'POST' })).status).toBe(403);
      expect((await server.call(`/recalls/${recallId}/evidence`, { as, method: 'POST' })).status).toBe(403);
    }
  });
});

describe('the command', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bk-bundle-'));
  const run = (...args: string[]) => {
    try {
      const environment = { ...process.env, DATA_DIR: join(folder, 'nothing-here') };
      const said = execFileSync(process.execPath, ['server/start.mjs', '--cli', 'verify', ...args], {
        encoding: 'utf8',
        env: environment,
      });
      return { status: 0, said };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { status, said: stdout };
    }
  };

  it('checks a bundle with no data at all, and names the false byte with exit status 1', () => {
    const file = join(folder, 'evidence.zip');
    writeFileSync(file, bundle);
    expect(run('--bundle', file)).toMatchObject({ status: 0, said: expect.stringMatching(/^Whole: \d+ files/) });
    const path = pathLike(/^photos\//);
    const changed = Buffer.from(bundle);
    changed[within(path) + 5] = (changed[within(path) + 5] ?? 0) ^ 0x20;
    writeFileSync(file, changed);
    const { status, said } = run('--bundle', file, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(said)).toMatchObject({ whole: false, faults: [{ place: path, byte: 5 }] });
  });
});
