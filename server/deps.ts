// What the wiring in main.ts hands to every room, and what every request carries.
import type { Logger } from 'pino';
import type { Network } from '../inference/address-guard.ts';
import type { Apart } from '../inference/apart.ts';
import type { Pool } from '../inference/types.ts';
import type { Viewer } from '../views/parts/page.tsx';
import type { Texts } from '../views/text/texts.ts';
import type { Caller } from './accounts/caller.ts';
import type { MovingPictures } from './bucket/moving.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Metrics } from './http/metrics.ts';
import type { Machines } from './jobs/carrier.ts';
import type { Queue } from './jobs/queue.ts';
import type { BlobStore } from './store/blobs.ts';
import type { Db } from './store/db.ts';
import type { Room } from './store/room.ts';
import type { Secrets } from './store/secrets.ts';

export type Deps = {
  readonly config: Config;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly queue: Queue;
  readonly blobs: BlobStore;
  /** The store that pictures are moved to, where settings name one; `blobs` reaches into it. */
  readonly moving?: MovingPictures;
  /** What is left of the disk. */
  readonly room: Room;
  readonly secrets: Secrets;
  readonly metrics: Metrics;
  /** The model packs in worker threads; a test of rules may pass a scripted one. */
  readonly eye: Pool;
  /** The process where packs nobody trusts yet are tried; started when something is asked of it. */
  readonly apart: Apart;
  /** Other machines that look at cameras, when REDIS_URL leads to them. */
  readonly machines?: Machines;
  /** Waits so many milliseconds; a test that minds the time passes its own. */
  readonly wait?: (ms: number) => Promise<void>;
  /** How cameras' names become addresses; a test passes its own. */
  readonly network?: Network;
};

export type Lang = 'zh-CN' | 'en';

/** hono's environment: what a handler may read with `c.get(…)`. */
export type Env = {
  Variables: {
    caller: Caller | null;
    lang: Lang;
    words: Texts;
    requestId: string;
    /** Who asked, for throttles: behind a trusted proxy the address it names. */
    clientAddress: string;
    /** The bar of a page: who is signed in and where they can go, with what waits there. */
    viewer: Viewer | null;
    /** `METHOD path` as registered, for the permission table and the metrics. */
    route: string | undefined;
  };
};
