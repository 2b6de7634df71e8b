// A desk with real pages on a port: a reviewer who is signed in, and as many flags as a test wants.
import { type ServerType, serve } from '@hono/node-server';
import type { BrowserContextOptions } from 'playwright-core';
import sharp from 'sharp';
import { sessionCookie } from '../../server/accounts/guard.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from './kitchen-cast.ts';
import { openTestServer, type TestServer } from './server.ts';

export type DeskHouse = {
  readonly server: TestServer;
  readonly cast: Cast;
  readonly url: string;
  readonly close: () => void;
};

export async function openDeskHouse(): Promise<DeskHouse> {
  const server = openTestServer({ eye: scriptedEye(), environment: { PUBLIC_URL: 'http://127.0.0.1' } });
  const cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
  const { listener, port } = await new Promise<{ listener: ServerType; port: number }>((resolve) => {
    const opened = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port: 0 }, (info) =>
      resolve({ listener: opened, port: info.port }),
    );
  });
  return { server, cast, url: `http://127.0.0.1:${port}`, close: () => void listener.close() };
}

/** What a browser context needs to be this reviewer. */
export function signedInAs({ server, url }: DeskHouse, accountId: number): BrowserContextOptions {
  const value = openSession(server.db, accountId, server.clock.now());
  const cookie = { name: sessionCookie, value, domain: new URL(url).hostname, path: '/' };
  const rest = { expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' as const };
  return { storageState: { cookies: [{ ...cookie, ...rest }], origins: [] } };
}

/** Flags two hours apart, each with a picture of its own; returns their ids. */
export async function raise(
  { server, cast }: DeskHouse,
  labels: readonly string[],
  apartMs = 2 * 3600_000,
): Promise<number[]> {
  const ids: number[] = [];
  for (const label of labels) {
    server.clock.pass(apartMs);
    const at = server.clock.now();
    const picture = await kitchenPicture(ids.length);
    const size = { picture, pictureWidth: 960, pictureHeight: 540 };
    const sample = { ...(await frameOf(cast.camera, { at, detections: [seen(label, 0.9)] })), ...size };
    ids.push(...recordSample(server.deps, sample).flags);
  }
  return ids;
}

function kitchenPicture(shade: number): Promise<Buffer> {
  const background = { r: 60 + (shade % 120), g: 110, b: 100 };
  return sharp({ create: { width: 960, height: 540, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
