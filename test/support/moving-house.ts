// A kitchen whose pictures are moved to a store, and what has to hold of it with any store: run with a stand-in, and with a real one.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { MovingPictures } from '../../server/bucket/moving.ts';
import { openMoving } from '../../server/bucket/open-moving.ts';
import type { Deps } from '../../server/deps.ts';
import { keepPicture } from '../../server/kitchen/picture/keep-picture.ts';
import { goingByClass } from '../../server/kitchen/picture/old-picture-store.ts';
import { removeOldPictures } from '../../server/kitchen/picture/remove-old-pictures.ts';
import { keepStoredPicture } from '../../server/sight/keep-stored-picture.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { type Cast, jpeg, openCast } from './kitchen-cast.ts';
import { openTestServer, type TestServer } from './server.ts';

export type StoreAt = { readonly endpoint: string; readonly key: string; readonly secret: string };

export type MovingHouse = TestServer & {
  readonly cast: Cast;
  readonly moving: MovingPictures;
  /** Keeps a picture as an owner's answer; its hash. */
  keep(bytes: Buffer): string;
  /** Whether the folder has it. */
  has(hash: string): boolean;
  /** A new start, with nothing brought back yet. */
  restart(): Promise<MovingHouse>;
};

export const bucketName = 'kitchens';
export const keptHour = 3_600_001;

export function settingsOf({ endpoint, key, secret }: StoreAt, more: Record<string, string> = {}) {
  return { S3_ENDPOINT: endpoint, S3_BUCKET: bucketName, S3_KEY: key, S3_SECRET: secret, ...more };
}

export async function openMovingHouse(store: StoreAt, more: Record<string, string> = {}): Promise<MovingHouse> {
  const server = openTestServer({ environment: settingsOf(store, more) });
  return furnished(server, openCast(server.deps));
}

async function furnished(server: TestServer, cast: Cast): Promise<MovingHouse> {
  const moving = await openMoving(server.deps, server.deps.config.bucket!);
  const deps: Deps = { ...server.deps, blobs: moving.blobs, moving };
  const opened = openTestServer({ from: { deps, clock: server.clock } });
  return {
    ...opened,
    cast,
    moving,
    keep: (bytes) => keep(deps, cast, bytes),
    has: (hash) => existsSync(deps.blobs.pathOf(hash)),
    restart: async () => {
      rmSync(join(deps.config.dataDir, 'brought-back'), { recursive: true });
      return furnished(server, cast);
    },
  };
}

function keep(deps: Deps, { restaurant: { siteId } }: Cast, bytes: Buffer): string {
  const hash = deps.blobs.put(bytes);
  const at = deps.clock();
  writeTransaction(deps.db, () => {
    keepPicture(deps.db, { hash, siteId, kind: 'answer', at, width: 320, height: 180 });
    keepStoredPicture(deps.db, hash, undefined, at);
  });
  return hash;
}

const day = 24 * 3_600_000;

/** What holds of every store. */
export function movingTests(storeOf: () => StoreAt): void {
  it('a kept picture moves to the store after an hour, under the name the ledger knows, and is shown from there', async () => {
    const house = await openMovingHouse(storeOf());
    const bytes = await jpeg(120);
    const hash = house.keep(bytes);
    await house.moving.pass();
    expect(house.has(hash)).toBe(true);
    house.clock.pass(keptHour);
    await house.moving.pass();
    expect([house.has(hash), house.moving.standing().state]).toEqual([false, 'bucket']);
    const later = await house.restart();
    expect(later.deps.blobs.get(hash)).toBeUndefined();
    expect(await later.deps.blobs.bring(hash)).toEqual(bytes);
    const shown = await (await later.restart()).call(`/pictures/${hash}`, { as: 'admin' });
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  });

  it('a picture that is kept no longer goes from the store too, and its size was told before', async () => {
    const house = await openMovingHouse(storeOf());
    const hash = house.keep(await jpeg(130));
    house.clock.pass(keptHour);
    await house.moving.pass();
    house.clock.pass(4_000 * day);
    const days = { cleared: 1, confirmed: 1, answer: 1 };
    const going = goingByClass(house.deps, { days, now: house.clock.now(), heldFor: [] });
    expect(going.find(({ name }) => name === 'answer')).toMatchObject({ pictures: 1, bytes: (await jpeg(130)).length });
    expect(removeOldPictures(house.deps, [])).toBe(1);
    // At once, and not with the next pass.
    expect(house.deps.blobs.get(hash)).toBeUndefined();
    await house.moving.pass();
    expect(house.db.sqlite.prepare('SELECT count(*) FROM moved_picture').pluck().get()).toBe(0);
    expect(await (await house.restart()).deps.blobs.bring(hash)).toBeUndefined();
    // The same bytes may come again.
    expect(house.keep(await jpeg(130))).toBe(hash);
    house.clock.pass(keptHour);
    await house.moving.pass();
    expect(await (await house.restart()).deps.blobs.bring(hash)).toEqual(await jpeg(130));
  });
}
