// How long a draw of 5,000 from 23,000 places takes: committing the pool, and drawing the lots with their visits.
import type { Caller } from '../../server/accounts/caller.ts';
import { insertAccount } from '../../server/accounts/create-account.ts';
import { riskByScore } from '../../server/oversight/draw/score-risk-store.ts';
import { settleDraw } from '../../server/oversight/draw/settle-draw.ts';
import { startDraw } from '../../server/oversight/draw/start-draw.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { openTestServer } from '../support/server.ts';
import { figuresOf } from './figures.ts';
import { processorOf, stopwatch } from './stopwatch.ts';

const figure = figuresOf('draw');
const [places, size, inspectors] = [23_000, 5_000, 200];
const drawMs = 2_000;
const round = 32_285_085;
const signature = '81dbce51d584d90d618547f4b50391d53ace6f6b9aeb8fb67e1879427af9d0310ac0ec6f519271d9a313ee84b378d416';

const { deps, db, clock } = openTestServer();
clock.pass(Date.parse('2026-09-17T15:13:39Z') - clock.now());
const chief = writeTransaction(db, () => {
  const add = db.sqlite.prepare(
    `INSERT INTO restaurant (site_id, name, licence, address, opens_at_minute, closes_at_minute, score, created_at)
     VALUES (?, ?, ?, '临江路', 0, 0, ?, 0)`,
  );
  for (let at = 0; at < places; at += 1) add.run(`local:shop-${at}`, `店 ${at}`, `JY${at}`, 100 - (at % 60));
  const people = Array.from({ length: inspectors }, (_each, at) =>
    insertAccount(db, { login: `i${at}`, name: `i${at}`, role: 'inspector', sites: [], passwordHash: 'x' }, 'bench', 0),
  );
  return people[0] ?? 0;
});
const caller: Caller = { id: chief, name: 'chief', role: 'inspector', sites: [], via: 'session' };

const committing = stopwatch();
const asked = { title: 'bench', kinds: ['kitchen' as const], district: null, size, inspectorsEach: 2, recentDays: 90 };
const id = startDraw(deps, caller, { ...asked, beacon: { source: 'drand-quicknet', round } }, riskByScore(db));
const committed = committing();
const name = `${size.toLocaleString('en')} of ${places.toLocaleString('en')}`;
figure({ name: `${name}: pool and rule committed`, value: committed.wallMs, unit: 'ms', note: processorOf(committed) });
clock.pass(600_000);
const drawing = stopwatch();
await settleDraw(deps, caller, id, JSON.stringify({ round, signature }));
const drawn = drawing();
figure({
  name: `${name}: drawn, checked, visits asked for`,
  value: drawn.wallMs,
  unit: 'ms',
  most: drawMs,
  note: processorOf(drawn),
});
