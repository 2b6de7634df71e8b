// Plays the last sixty days of the sample city through the doors that people and programs use, with the clock set back.
import { districtHistory, type Happening } from '../../samples/district/history.ts';
import type { Deps } from '../deps.ts';
import { openMetrics } from '../http/metrics.ts';
import { closeOverdueOrders } from '../kitchen/order/close-overdue.ts';
import { followOrders } from '../kitchen/order/follow-orders.ts';
import { recoverScores } from '../kitchen/order/recover-scores.ts';
import { scoreAll } from '../oversight/risk/write-risk-scores.ts';
import { alertsOf } from '../oversight/sentinel/alert-store.ts';
import { explainAlert } from '../oversight/sentinel/explain-alert.ts';
import { watchSeries } from '../oversight/sentinel/watch-series.ts';
import type { HistoryHouse } from './history-house.ts';
import { historyPack } from './history-pack.ts';
import { playInspection, playShopDay } from './play-inspection.ts';
import { playAcceptance, playAnswer, playVerdict } from './play-order.ts';
import { countNight, playAudit, playOutage, playSighting } from './play-sighting.ts';
import { playComplaint, playSupply } from './play-supply.ts';

/** The house as it was: its clock, an eye with the history's pack, draws that fall the same each time, nobody to tell. */
export function houseBefore(deps: Deps, clock: { now: number }): Deps {
  return {
    ...deps,
    clock: () => clock.now,
    metrics: openMetrics(),
    eye: { ...deps.eye, packs: [historyPack], formerPacks: [] },
    secrets: { ...deps.secrets, linkKey: Buffer.alloc(32, 7) },
    // What would have been done in those days is done; a report or a look into frames that are gone is not asked for.
    queue: { ...deps.queue, enqueue: () => false },
  };
}

/** Inside the caller's transaction. */
export function playHistory(house: HistoryHouse, now: number): void {
  let nights = 0;
  for (const happening of districtHistory(now)) {
    house.clock.now = happening.at;
    // What the clock owes open orders, before the next that could come too late for it.
    if (happening.kind === 'answer' || happening.kind === 'night') {
      closeOverdueOrders(house.deps);
      followOrders(house.deps);
    }
    play(house, happening);
    // Now and then, so that grades have a history too; every night would be true, and take its time.
    if (happening.kind !== 'night') continue;
    nights += 1;
    if (nights % nightsBetweenScores === 0) scoreAll(house.deps);
    if (nights >= nightsWithoutHistory) watchSeries(house.deps);
  }
  wakeCameras(house, now);
}

function play(house: HistoryHouse, happening: Happening): void {
  switch (happening.kind) {
    case 'sighting':
      playSighting(house, happening);
      break;
    case 'verdict':
      playVerdict(house, happening);
      break;
    case 'answer':
      playAnswer(house, happening);
      break;
    case 'acceptance':
      playAcceptance(house, happening);
      break;
    case 'audit':
      playAudit(house, happening);
      break;
    case 'outage':
      playOutage(house, happening, 'gone');
      break;
    case 'return':
      playOutage(house, happening, 'back');
      break;
    case 'night':
      countNight(house, happening);
      recoverScores(house.deps);
      break;
    case 'complaint':
    case 'complaint-step':
      playComplaint(house, happening);
      break;
    case 'explanation':
      explainAll(house, happening.reason);
      break;
    case 'visit':
      playInspection(house, happening);
      break;
    case 'office':
    case 'list':
      playShopDay(house, happening);
      break;
    default:
      playSupply(house, happening);
      break;
  }
}

/** One happening raises an alert in each series that it stands out of. */
function explainAll({ deps, people }: HistoryHouse, reason: string): void {
  for (const { id } of alertsOf(deps.db, people.inspector, 'open'))
    explainAlert(deps, { id, reason }, people.inspector);
}

const nightsBetweenScores = 20;
/** The control chart asks for four weeks before it says anything. */
const nightsWithoutHistory = 28;
const soonMs = 60_000;
const stillsAfterMs = 10 * 60_000;

/** Cameras go on from here: those with clips at once, the stills when there is time; nothing is remembered of the last frame. */
function wakeCameras({ deps }: HistoryHouse, now: number): void {
  deps.db.sqlite
    .prepare(
      `UPDATE camera SET signature = NULL, watch_by = @now + 3 * sample_every_ms + @soon,
         next_due_at = iif(kind = 'picture', @now + @stills + id * 1000, @now)`,
    )
    .run({ now, soon: soonMs, stills: stillsAfterMs });
}
