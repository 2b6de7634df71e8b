// Carries deliveries to subscribers, and notices out of the house, in a lane of their own: a receiver that is slow holds up no camera and no check.
import type { Deps } from './deps.ts';
import { startRunner } from './jobs/run-jobs.ts';
import { askForNotices, deliverNotice } from './oversight/notice/carry-notice.ts';
import { followClock } from './trace/subscription/follow-clock.ts';
import { askForDeliveries, serveSubscription } from './trace/subscription/serve-subscription.ts';

const lookMs = 1_000;
const atOnce = 8;
const leaseMs = 60_000;
const pollMs = 500;
const clockSlackMs = 60_000;

/** Looks for due deliveries until stopped; the returned function breaks off what is being sent, which is sent again later under the same id. */
export function startDeliveries(deps: Deps): () => Promise<void> {
  const stopping = new AbortController();
  const work = {
    'deliver-webhook': (payload: unknown) => serveSubscription({ ...deps, signal: stopping.signal }, payload),
    'deliver-notice': (payload: unknown) => deliverNotice({ ...deps, signal: stopping.signal }, payload),
  };
  const runner = startRunner({ ...deps, work, atOnce, leaseMs, pollMs });
  // The first look follows the clock too: it may have come home while no server ran.
  let before = Number.POSITIVE_INFINITY;
  const timer = setInterval(() => {
    const now = deps.clock();
    if (now < before - clockSlackMs) deps.room.ifItFits(() => followClock(deps));
    before = now;
    if ((deps.room.ifItFits(() => askForDeliveries(deps) + askForNotices(deps)) ?? 0) > 0) runner.wake();
  }, lookMs);
  return () => {
    clearInterval(timer);
    stopping.abort();
    return runner.stop();
  };
}
