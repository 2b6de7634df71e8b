// Fills a database with a city of kitchens and a year of flags, orders, counts, findings and complaints, by SQL alone.
import { dayMs } from '../../server/clock.ts';
import { writeTransaction } from '../../server/store/db.ts';
import type { TestServer } from '../support/server.ts';

const districts = 12;
const flagsEach = 10;

/** Rows as the actions write them, without their ledger entries. */
export function fillCity({ db, clock }: TestServer, kitchens: number, countedDays = 60): void {
  const now = clock.now();
  const run = (sql: string, values: Readonly<Record<string, number>> = {}) =>
    db.sqlite
      .prepare(sql)
      .run({ ...values, ...(sql.includes('@now') ? { now } : {}), ...(sql.includes('@kitchens') ? { kitchens } : {}) });
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @kitchens)';
  const year = 365 * dayMs;
  // A number that looks random and is the same each time.
  const mixed = (salt: number, of: string) => `((${of} * 2654435761 + ${salt}) % 1000003)`;
  writeTransaction(db, () => {
    for (let district = 1; district <= districts; district++)
      db.sqlite.prepare('INSERT INTO district (name, created_at) VALUES (?, ?)').run(`第 ${district} 区`, now);
    run(`${numbers} INSERT INTO restaurant (site_id, name, licence, address, opens_at_minute, closes_at_minute, score, created_at)
      SELECT 'local:city-' || i, '餐饮 ' || i, 'L' || i, '路 ' || i, 0, 0, 100, @now FROM n`);
    run(
      `INSERT INTO site (id, name, kind) SELECT site_id, name, 'restaurant' FROM restaurant WHERE site_id LIKE 'local:city-%'`,
    );
    run(
      `INSERT INTO site_district SELECT site_id, 1 + id % ${districts} FROM restaurant WHERE site_id LIKE 'local:city-%'`,
    );
    run(
      `INSERT INTO premises SELECT site_id, 28 + ${mixed(1, 'id')} / 2e6, 124 + ${mixed(2, 'id')} / 2e6, 1, 1, @now FROM restaurant`,
    );
    run(`INSERT INTO camera (restaurant_id, place, kind, sample_every_ms, rules, state, state_since, next_due_at, created_at, last_frame_at)
      SELECT id, '灶', 'rtsp', 30000, '{}', iif(id % 9 = 0, 'offline', 'online'), @now, @now, @now, @now - iif(id % 9 = 0, ${dayMs}, 1000)
      FROM restaurant WHERE site_id LIKE 'local:city-%'`);
    run(`WITH RECURSIVE d(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM d WHERE k < ${countedDays - 1})
      INSERT INTO sample_day SELECT c.id, date(@now / 1000 - k * 86400, 'unixepoch'), 2800, 1700, ${mixed(3, 'c.id')} % 90, 0, 0
      FROM camera c, d WHERE c.kind = 'rtsp' AND c.id > 1 ORDER BY c.id, k`);
    run(`WITH RECURSIVE f(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM f WHERE k < ${flagsEach - 1})
      INSERT INTO flag (camera_id, restaurant_id, violation, score, threshold, box, at, picture_hash, picture_width, picture_height,
        pack_name, pack_sha256, status, audit, second, decided_at)
      SELECT c.id, c.restaurant_id, CASE k % 4 WHEN 0 THEN 'smoking' WHEN 1 THEN 'phone' ELSE 'no_mask' END, 0.8, 0.6, '[0,0,1,1]',
        @now - ${mixed(5, '(c.id * 31 + k)')} * ${Math.floor(year / 1_000_003)}, 'h', 1, 1, 'p', 's', iif(k % 3 = 0, 'cleared', 'confirmed'), 0, 'none', @now
      FROM camera c, f WHERE c.kind = 'rtsp' AND c.id > 1`);
    run(`INSERT INTO verdict (flag_id, by, at, decision, violation, stage, status_before, visible_ms, idle, seen)
      SELECT id, 1, at + 60000, status, violation, 'first', 'open', 4000, 0, 1 FROM flag ORDER BY at`);
    run(`INSERT INTO rectification_order (flag_id, verdict_id, restaurant_id, violation, state, issued_at, due_at, answered_at, overdue_at, closed_at)
      SELECT f.id, v.id, f.restaurant_id, f.violation, iif(f.id % 40 = 0, 'issued', 'accepted'), f.at, f.at + ${dayMs}, f.at + 3600000,
        iif(f.id % 20 = 0, f.at + ${dayMs}, NULL), iif(f.id % 40 = 0, NULL, f.at + 7200000)
      FROM flag f JOIN verdict v ON v.flag_id = f.id WHERE f.status = 'confirmed'`);
    run(`INSERT INTO finding (kind, subject, lot_id, site_key, detail, at, closed_at)
      SELECT CASE key % 3 WHEN 0 THEN 'excursion' WHEN 1 THEN 'unscanned' ELSE 'uncoded' END, 'city/' || key, 1, key, '{}',
        @now - ${mixed(7, 'key')} * ${Math.floor(year / 1_000_003)}, iif(key % 5 = 0, NULL, @now) FROM site WHERE id LIKE 'local:city-%'`);
    run(`INSERT INTO complaint (public_id, ticket, lot_id, site_id, kind, words, happened_at, state, at)
      SELECT 'p' || key, 't' || key, 0, id, iif(key % 7 = 0, 'illness', 'hygiene'), '见到的情况', @now, iif(key % 50 = 0, 'new', 'closed'),
        @now - ${mixed(9, 'key')} * ${Math.floor(year / 1_000_003)} FROM site WHERE id LIKE 'local:city-%'`);
  });
  db.sqlite.exec('ANALYZE');
}
