// Runs of neighbouring events, by which their hashes are indexed.
import { sql } from 'drizzle-orm';

// Ten million events are 610 runs: half a millisecond.
export const eventsPerRun = 2 ** 14;

/** The run of an event as SQL, of which tables.ts makes the index. */
export const runOfEvent = sql.raw(`id / ${eventsPerRun}`);
