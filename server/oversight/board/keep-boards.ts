// Keeps the boards of a large house by night, one part of the city at a time, so that nobody who works waits for it.
import type { Caller, District } from '../../accounts/caller.ts';
import { allDistricts } from '../../accounts/person/district.ts';
import { hourMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { keepBoard, keptBoard } from '../../kitchen/board/kept-board-store.ts';
import { supervisorHistory } from '../../kitchen/board/supervisor-store.ts';
import { beijingMidnight } from '../../kitchen/restaurant/hours.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { boardHistory } from './board-history-store.ts';

/** With fewer, every page is quick without it and tells what is so at this moment. */
const leastKitchens = 2_000;
/** After the scores of the night. */
const nightMs = 3 * hourMs;

/** The `keep-boards` job: the next part of the city that has not been kept since the night. `none`: all are, or few kitchens. */
export function keepBoards({ db, clock }: Pick<Deps, 'db' | 'clock'>): 'kept' | 'none' {
  const now = clock();
  if (kitchensIn(db) < leastKitchens) return 'none';
  const midnight = beijingMidnight(now);
  const night = now >= midnight + nightMs ? midnight + nightMs : midnight - 21 * hourMs;
  const due = overseers(db).find((caller) => (keptBoard(db, caller, 'district', now)?.at ?? 0) < night);
  if (due === undefined) return 'none';
  const kept = { kitchens: supervisorHistory(db, due, now), district: boardHistory(db, due, now) } as const;
  writeTransaction(db, () => {
    keepBoard(db, due, 'kitchens', { at: now, figures: kept.kitchens });
    keepBoard(db, due, 'district', { at: now, figures: kept.district });
  });
  return 'kept';
}

/** Nobody who is signed in: whoever covers the city, and whoever covers each part of it. */
function overseers(db: Db): Caller[] {
  const whole = { id: 0, name: '', role: 'inspector', sites: [], via: 'session' } as const satisfies Caller;
  const sitesOf = db.sqlite.prepare('SELECT site_id FROM site_district WHERE district_id = ?').pluck();
  const parts = allDistricts(db).map(
    ({ id, name, nameEn }): District => ({ id, name, nameEn, sites: sitesOf.all(id) as string[] }),
  );
  return [whole, ...parts.map((district) => ({ ...whole, district }))];
}

function kitchensIn(db: Db): number {
  return db.sqlite.prepare('SELECT count(*) FROM restaurant').pluck().get() as number;
}
