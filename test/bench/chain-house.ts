// The database the chain is measured on: filled to any size through the same capture as a partner's events, as fast as it goes.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { issueToken } from '../../server/accounts/issue-token.ts';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { databaseName } from '../../server/open-deps.ts';
import { openBlobs } from '../../server/store/blobs.ts';
import { type Db, openDatabase } from '../../server/store/db.ts';
import type { CaptureDeps } from '../../server/trace/capture/capture-events.ts';
import { openCaptureGroup } from '../../server/trace/capture/capture-group.ts';
import { openDocumentReader } from '../../server/trace/capture/read-aside.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { documentOf } from '../support/cast.ts';
import { dishCode, eventsPerUnit, type Json, unitEvents, wideRecall } from './chain-generator.ts';

export type BenchHouse = CaptureDeps & {
  readonly dataDir: string;
  readonly token: string;
  /** Units of the chain in it: unit numbers from here on are new. */
  units: number;
  /** Fills it until it holds `events` events of whole chains; how many came in, and how long that took. */
  readonly fill: (events: number) => Promise<{ events: number; ms: number }>;
  /** Captures a recall over about that many holdings and gives the code to recall. */
  readonly addRecall: (holdings: number) => Promise<string>;
};

const perDocument = 1_000;
// One is read, one is stored, two wait.
const atOnce = 4;

export function openBenchHouse(dataDir: string): BenchHouse {
  mkdirSync(dataDir, { recursive: true });
  const db = openDatabase(join(dataDir, databaseName));
  const deps = { db, clock: Date.now, queue: openQueue(db, Date.now), blobs: openBlobs(join(dataDir, 'blobs')) };
  const [read, group] = [openDocumentReader(), openCaptureGroup(deps)];

  async function capture(list: readonly Json[]): Promise<void> {
    const document = await read(documentOf(list), 'application/ld+json');
    const { accepted, events } = await group.capture(document, null, { onError: 'rollback' });
    if (accepted !== list.length) throw new Error(`refused: ${JSON.stringify(events.slice(0, 2))}`);
  }

  const house: BenchHouse = {
    ...deps,
    dataDir,
    token: issueToken(db, { role: 'partner', name: 'bench', sites: [] }, Date.now()),
    units: 0,
    async fill(events) {
      const until = Math.round(events / eventsPerUnit);
      const from = house.units;
      const next = () => {
        const list: Json[] = [];
        while (house.units < until && list.length < perDocument) list.push(...unitEvents(house.units++));
        return list;
      };
      const began = performance.now();
      await captureAll(next, capture);
      leaveChecked(db);
      return { events: (house.units - from) * eventsPerUnit, ms: performance.now() - began };
    },
    async addRecall(holdings) {
      const generator = wideRecall(`WIDE-${holdings}`, holdings);
      let code = '';
      const next = () => {
        const list: Json[] = [];
        while (list.length < perDocument) {
          const step = generator.next();
          if (step.done === true) {
            code = step.value ?? code;
            break;
          }
          list.push(step.value);
        }
        return list;
      };
      await captureAll(next, capture);
      return code;
    },
  };
  return house;
}

async function captureAll(next: () => Json[], capture: (list: readonly Json[]) => Promise<void>): Promise<void> {
  const work = async () => {
    for (let list = next(); list.length > 0; list = next()) await capture(list);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Checks follow captures within seconds in a running house; here they are taken as done, or the server would begin with millions. */
function leaveChecked(db: Db): void {
  db.sqlite
    .prepare(
      `INSERT INTO trace_mark SELECT 'check-chain', max(id) FROM event WHERE true
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    )
    .run();
}

export function lotIdOf(house: BenchHouse, code: string): number {
  const lot = lotByCode(house.db, code);
  if (lot === undefined) throw new Error(`${code} is missing`);
  return lot.id;
}

/** Units spread evenly over all there are. */
export function sampleUnits(house: BenchHouse, size: number): number[] {
  return Array.from({ length: size }, (_, index) => Math.floor(((index + 0.5) / size) * house.units));
}

export function dishOf(house: BenchHouse, unit: number): number {
  return lotIdOf(house, dishCode(unit, unit % 2 === 0 ? 0 : 1));
}

export function rowsIn(house: BenchHouse, table: 'event' | 'holding'): number {
  return Number(house.db.sqlite.prepare(`SELECT max(id) FROM ${table}`).pluck().get());
}

export function megabytes(house: BenchHouse): number {
  return Math.round(statSync(join(house.dataDir, databaseName)).size / 1e6);
}
