// Finds events by their hash. Hashes fall everywhere, and one index over all of them would have a page of its own rewritten for
// every event captured; so they are indexed in runs of neighbouring events, and a question asks each run in turn.

import { eventsPerRun } from './event-run.ts';

/** SQL of the ids of events, error declarations too, whose 32-byte hash is the named parameter. */
export function idsOfHash(parameter: string): string {
  return `WITH RECURSIVE run(number) AS (
      SELECT (SELECT max(id) FROM event) / ${eventsPerRun} UNION ALL SELECT number - 1 FROM run WHERE number > 0)
    SELECT e.id FROM run CROSS JOIN event e INDEXED BY event_hash ON (e.id / ${eventsPerRun}) = run.number AND e.hash = ${parameter}`;
}
