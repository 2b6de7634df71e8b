// Evidence pictures in an S3-compatible store, here a stand-in that checks signatures: nothing is lost, whatever the store does.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BucketSettings } from '../../server/bucket/bucket-settings.ts';
import { openCache } from '../../server/bucket/open-cache.ts';
import { openMoving, openOwnBucket } from '../../server/bucket/open-moving.ts';
import { ConfigFaults, readConfig } from '../../server/config.ts';
import type { Deps } from '../../server/deps.ts';
import { evidenceChecks } from '../../server/evidence.ts';
import { tellOfBucket } from '../../server/oversight/notice/tell-of-bucket.ts';
import { checkMoved } from '../../server/proof/check-moved.ts';
import { sha256Hex } from '../../server/store/blobs.ts';
import { jpeg } from '../support/kitchen-cast.ts';
import { keptHour, type MovingHouse, movingTests, openMovingHouse, settingsOf } from '../support/moving-house.ts';
import { type ObjectServer, openObjectServer } from '../support/object-server.ts';
import { openTestServer } from '../support/server.ts';

let store: ObjectServer;
beforeAll(async () => {
  store = await openObjectServer();
});
afterAll(() => store.end());
beforeEach(() => {
  store.mood = 'well';
});

movingTests(() => store);

async function moved(house: MovingHouse, shade: number): Promise<string> {
  const hash = house.keep(await jpeg(shade));
  house.clock.pass(keptHour);
  await house.moving.pass();
  expect(house.has(hash)).toBe(false);
  return hash;
}

const objectOf = (hash: string) => [...store.objects.keys()].find((path) => path.endsWith(hash)) ?? '';

describe('a store that is away', () => {
  it('loses nothing: new pictures stay in the folder, administrators are told once, and it goes on by itself', async () => {
    const house = await openMovingHouse(store);
    const old = await moved(house, 90);
    store.mood = 'away';
    const fresh = house.keep(await jpeg(91));
    house.clock.pass(keptHour);
    await house.moving.pass();
    expect(house.has(fresh)).toBe(true);
    expect(await (await house.call('/readyz')).json()).toMatchObject({ ready: true, pictures: 'away' });
    tellOfBucket(house.deps);
    const told = () => house.db.sqlite.prepare('SELECT title_en FROM notice').pluck().all();
    expect(told()).toEqual([]);
    house.clock.pass(6 * 60_000);
    for (let i = 0; i < 2; i++) tellOfBucket(house.deps);
    expect(told()).toEqual(['The store of pictures is away']);
    expect(await (await house.call('/health', { as: 'admin' })).text()).toContain('503 SlowDown');
    const shown = await (await house.restart()).call(`/pictures/${old}`, { as: 'admin' });
    expect([shown.status, await shown.text()]).toEqual([503, expect.stringContaining('Nothing is lost')]);
    store.mood = 'well';
    await house.moving.pass();
    expect([house.has(fresh), house.moving.standing()]).toEqual([false, { state: 'bucket' }]);
    expect(await (await house.call('/readyz')).json()).toMatchObject({ pictures: 'bucket' });
  });

  it('holds up no start, and one that took other bytes than it was given keeps nothing', async () => {
    store.mood = 'away';
    const house = await openMovingHouse(store);
    expect(house.moving.standing()).toMatchObject({ state: 'away' });
    store.mood = 'well';
    const hash = house.keep(await jpeg(92));
    house.clock.pass(keptHour);
    await house.moving.pass();
    const second = house.keep(await jpeg(93));
    house.clock.pass(keptHour);
    store.mood = 'lies';
    await house.moving.pass();
    expect([house.has(hash), house.has(second)]).toEqual([false, true]);
    expect(house.moving.standing()).toMatchObject({ state: 'away', reason: expect.stringContaining('same bytes') });
  });
});

it('what cameras play, what is no picture and what was changed on the disk stays in the folder', async () => {
  const house = await openMovingHouse(store);
  const [played, changed] = [house.keep(await jpeg(60)), house.keep(await jpeg(61))];
  const paper = house.deps.blobs.put(Buffer.from('%PDF-1.7 a report'));
  house.db.sqlite.prepare("UPDATE camera SET path = 'blob:' || ?").run(played);
  writeFileSync(house.deps.blobs.pathOf(changed), 'changed');
  house.clock.pass(keptHour);
  await house.moving.pass();
  expect([played, changed, paper].map((hash) => house.has(hash))).toEqual([true, true, true]);
  // It holds up nothing else, and the store is not to blame.
  expect(house.moving.standing().state).toBe('bucket');
});

describe('the full check', () => {
  it('reads what lies in the store, and names what was changed there, what is gone, and what it could not read', async () => {
    const house = await openMovingHouse(store);
    const [whole, changed, gone] = [await moved(house, 30), await moved(house, 80), await moved(house, 140)];
    store.objects.set(objectOf(changed), Buffer.from('another picture'));
    store.objects.delete(objectOf(gone));
    const { bucket, nameOf } = openOwnBucket(house.deps, house.deps.config.bucket!);
    const check = async (readMoved?: (hash: string) => Promise<Buffer | undefined>) => {
      const notes: string[] = [];
      const read = await checkMoved(
        house.db,
        readMoved,
        (place, detail) => void notes.push(`${place} ${detail}`),
        () => undefined,
      );
      return { read, notes: notes.sort() };
    };
    const found = await check((hash) => bucket.get(nameOf(hash)));
    expect(found.read).toBe(3);
    expect(found.notes).toEqual(
      [
        `file ${changed} It is not what was stored (a picture in the store).`,
        `file ${gone} It is gone from the store (a picture).`,
      ].sort(),
    );
    expect(found.notes.join()).not.toContain(whole);
    expect((await check()).notes.join()).toContain('were not checked: set S3_ENDPOINT');
    store.mood = 'away';
    expect((await check((hash) => bucket.get(nameOf(hash)))).notes.join()).toContain('3 of 3 were not checked');
    await bucket.close();
  });

  it('what was changed in the store is shown to nobody', async () => {
    const house = await openMovingHouse(store);
    const hash = await moved(house, 73);
    store.objects.set(objectOf(hash), Buffer.from('another picture'));
    expect((await (await house.restart()).call(`/pictures/${hash}`, { as: 'admin' })).status).toBe(404);
  });

  it('an order whose photo lies in the store is whole for the quick check', async () => {
    const house = await openMovingHouse(store);
    const hash = await moved(house, 74);
    const check = evidenceChecks(house.db, house.deps.config.dataDir)['order']!;
    const entry = (photo: string) => ({
      seq: 1,
      at: 1,
      kind: 'order',
      subject: 'order/1',
      body: JSON.stringify({ photo }),
    });
    expect(check(entry(hash) as never)).toEqual([]);
    expect(check(entry(sha256Hex('never stored, nor removed')) as never)).toEqual([expect.stringContaining('is gone')]);
  });
});

it('pictures brought back stay up to the limit, the ones used longest ago go first, and half a file is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cache-'));
  const cache = openCache(folder, 250, () => true);
  const [a, b, c] = [1, 2, 3].map((shade) => Buffer.alloc(100, shade)) as [Buffer, Buffer, Buffer];
  const names = [a, b, c].map((bytes) => sha256Hex(bytes)) as [string, string, string];
  cache.put(names[0], a);
  cache.put(names[1], b);
  expect(cache.get(names[0])).toEqual(a);
  cache.put(names[2], c);
  expect(names.map((name) => cache.get(name) !== undefined)).toEqual([true, false, true]);
  writeFileSync(join(folder, names[0]), 'half');
  expect(cache.get(names[0])).toBeUndefined();
  expect(openCache(folder, 250, () => false).get(names[2])).toBeUndefined();
  expect(existsSync(join(folder, names[2]))).toBe(false);
});

describe('settings that cannot work are refused at the start, with what to mend', () => {
  let deps: Deps;
  beforeAll(() => {
    deps = openTestServer({ environment: settingsOf(store) }).deps;
  });
  const refused = async (more: Partial<BucketSettings>): Promise<string> => {
    try {
      await openMoving(deps, { ...deps.config.bucket!, ...more });
    } catch (error) {
      if (error instanceof ConfigFaults) return error.message;
      throw error;
    }
    return 'taken';
  };

  it('a wrong secret, a bucket or region that is not there, addresses where no store may stand', async () => {
    expect(await refused({})).toBe('taken');
    const wrong = await refused({ secret: { value: 'another-planted-secret' } });
    expect(wrong).toContain('S3_KEY and S3_SECRET — the store refuses them (403 SignatureDoesNotMatch)');
    expect(wrong).not.toContain('planted');
    expect(await refused({ name: 'nobodys' })).toContain('S3_BUCKET — there is no such bucket');
    expect(await refused({ region: 'mars-1' })).toContain('S3_REGION');
    for (const host of ['169.254.169.254', '100.100.100.200', '[::ffff:169.254.169.254]', '0.0.0.0'])
      expect(await refused({ endpoint: `http://${host}:9000` }), host).toContain('S3_ENDPOINT — the address leads');
    expect(await refused({ endpoint: `http://127.0.0.1:${deps.config.port}` })).toContain('this server itself');
  });

  it('half of the settings, two secrets, an endpoint with a path; and none of them is printed', () => {
    const said = (environment: Record<string, string>) => {
      try {
        readConfig(environment);
      } catch (error) {
        return (error as Error).message;
      }
      return 'taken';
    };
    const { S3_SECRET, ...rest } = settingsOf(store);
    expect(said(rest)).toContain('S3_SECRET=');
    expect(said({ S3_ENDPOINT: store.endpoint })).toMatch(/S3_BUCKET=[\s\S]*S3_KEY=/);
    expect(said({ ...rest, S3_SECRET, S3_SECRET_FILE: '/run/secret' })).not.toContain(S3_SECRET);
    expect(said({ ...settingsOf(store), S3_ENDPOINT: `${store.endpoint}/bucket` })).toContain('without a path');
    expect(said({ ...settingsOf(store), S3_BUCKET: 'UPPER' })).toContain('S3_BUCKET=UPPER');
  });

  it('the secret may lie in a file, and a file that cannot be read is named', async () => {
    const { S3_SECRET, ...rest } = settingsOf(store);
    const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 's3');
    writeFileSync(file, `${S3_SECRET}\n`);
    const bucket = readConfig({ ...rest, S3_SECRET_FILE: file }).bucket!;
    expect((await openMoving(deps, bucket)).standing()).toEqual({ state: 'bucket' });
    expect(await refused({ secret: { file: `${file}-gone` } })).toContain('-gone cannot be read');
  });
});
