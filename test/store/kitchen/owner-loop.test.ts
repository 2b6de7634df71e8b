// What the clock does with an order that nobody answers, and the rules everybody can read.
import { beforeEach, describe, expect, it } from 'vitest';
import { addDistrict, setSitesOfDistrict } from '../../../server/accounts/person/district.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { closeOverdueOrders } from '../../../server/kitchen/order/close-overdue.ts';
import { dueSteps, type EscalatedOrder, tierOf } from '../../../server/kitchen/order/escalation.ts';
import { raisedByDistrict, raisedOrders } from '../../../server/kitchen/order/escalation-store.ts';
import { followOrders } from '../../../server/kitchen/order/follow-orders.ts';
import { stepsOf } from '../../../server/kitchen/order/order-store.ts';
import { publishedRules } from '../../../server/kitchen/order/score-rules.ts';
import { writePlan } from '../../../server/kitchen/order/write-plan.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const hour = 3600_000;
let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
});

async function order(label = 'no_mask'): Promise<number> {
  server.clock.pass(hour);
  const at = server.clock.now();
  const [flagId] = recordSample(server.deps, await frameOf(cast.camera, { at, detections: [seen(label, 0.9)] })).flags;
  return judgeFlag(server.deps, cast.reviewer, { flagId: flagId!, decision: 'confirmed' }).orderId!;
}

/** The minutes' job, as often as asked: asking again adds nothing. */
function minute(): void {
  for (let i = 0; i < 3; i++) {
    closeOverdueOrders(server.deps);
    followOrders(server.deps);
  }
}

const kinds = (id: number) => stepsOf(server.db, id).map(({ kind }) => kind);
const score = () => server.db.sqlite.prepare('SELECT score FROM restaurant').pluck().get();

describe('an order that nobody answers', () => {
  it('is reminded of before and after its deadline, is overdue, gets a yellow and then a red card, and rises once', async () => {
    const id = await order();
    minute();
    expect(kinds(id)).toEqual(['issued']);
    server.clock.pass(20 * hour);
    minute();
    expect(kinds(id)).toEqual(['issued', 'reminded']);
    server.clock.pass(4 * hour + 1);
    minute();
    expect(kinds(id).slice(2)).toEqual(['overdue', 'yellow_card', 'raised']);
    server.clock.pass(2 * hour);
    minute();
    expect(kinds(id).slice(5)).toEqual(['reminded']);
    server.clock.pass(22 * hour);
    minute();
    expect(kinds(id).slice(6)).toEqual(['red_card']);
    expect(raisedOrders(server.db, cast.admin).map((raised) => raised.id)).toEqual([id]);
    expect(raisedByDistrict(server.db, cast.admin)).toEqual([{ name: null, nameEn: null, count: 1 }]);
    const east = addDistrict(server.db, { name: '东区' }, cast.admin, server.clock.now());
    setSitesOfDistrict(server.db, east, { sites: [cast.restaurant.siteId] }, cast.admin, server.clock.now());
    expect(raisedByDistrict(server.db, cast.admin)).toEqual([{ name: '东区', nameEn: null, count: 1 }]);
    const elsewhere = { id: 9, name: '西区', nameEn: null, sites: [] };
    expect(raisedByDistrict(server.db, { ...cast.admin, district: elsewhere })).toEqual([]);
  });

  it('stops being reminded after a week, and a house that was off catches up with one reminder, not seven', async () => {
    const id = await order();
    server.clock.pass(10 * 24 * hour);
    minute();
    expect(kinds(id).filter((kind) => kind === 'reminded')).toHaveLength(1);
    for (let day = 0; day < 12; day++) {
      server.clock.pass(24 * hour);
      minute();
    }
    expect(kinds(id).filter((kind) => kind === 'reminded')).toHaveLength(7);
  });

  it('gives the second yellow card of a kitchen in ninety days as a red one at once', async () => {
    const first = await order();
    server.clock.pass(25 * hour);
    minute();
    const second = await order();
    server.clock.pass(25 * hour);
    minute();
    expect(kinds(first)).toContain('yellow_card');
    expect(kinds(second).filter((kind) => kind.endsWith('card'))).toEqual(['yellow_card', 'red_card']);
  });
});

describe('an inspector hears', () => {
  it('at once of what is grave, daily of what is repeated, and of the rest when it is overdue', async () => {
    const grave = await order('cigarette');
    minute();
    expect(kinds(grave)).toContain('raised');
    expect([tierOf('smoking', 0), tierOf('no_mask', 2), tierOf('no_mask', 1)]).toEqual(['at_once', 'daily', 'by_date']);
    await order();
    await order();
    const repeated = await order();
    minute();
    expect(kinds(repeated)).toEqual(['issued', 'raised']);
    server.clock.pass(24 * hour - 1);
    minute();
    expect(kinds(repeated).filter((kind) => kind === 'raised')).toHaveLength(1);
    server.clock.pass(1);
    minute();
    expect(kinds(repeated).filter((kind) => kind === 'raised')).toHaveLength(2);
  });

  it('nothing of an order that was taken back or answered in time', () => {
    const standing: EscalatedOrder = {
      violation: 'no_mask',
      state: 'answered',
      dueAt: 100 * hour,
      overdueAt: null,
      steps: [{ kind: 'issued', at: 76 * hour }],
      repeats: 0,
      yellowsBefore: 0,
    };
    expect(dueSteps(standing, 200 * hour)).toEqual([]);
    expect(dueSteps({ ...standing, state: 'withdrawn', repeats: 5 }, 200 * hour)).toEqual([]);
  });
});

describe('a plan', () => {
  it('is the owner’s word, and cannot be given for another’s order or after the answer', async () => {
    const id = await order();
    writePlan(server.deps, cast.owner, { orderId: id, text: '今天换发口罩' });
    expect(stepsOf(server.db, id).at(-1)).toMatchObject({ kind: 'planned', text: '今天换发口罩' });
    const stranger = { ...cast.owner, sites: ['local:another'] };
    expect(() => writePlan(server.deps, stranger, { orderId: id, text: '没有这回事' })).toThrow(/Nothing is kept/);
    server.db.sqlite.prepare("UPDATE rectification_order SET state = 'answered'").run();
    expect(() => writePlan(server.deps, cast.owner, { orderId: id, text: '太晚了吧' })).toThrow(/cannot be planned/);
  });
});

describe('the published rules', () => {
  it('are what a kitchen really loses', async () => {
    const { rules, full, overdue } = publishedRules();
    const mask = rules.find(({ id }) => id === 'no_mask')!;
    await order();
    expect(score()).toBe(full - mask.points);
    server.clock.pass((mask.deadlineHours + 1) * hour);
    minute();
    expect(score()).toBe(full - mask.points - overdue);
  });
});
