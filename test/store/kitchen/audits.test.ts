// Audits: drawn from all frames, asked about every kind, judged twice blind; and what counts as having reached a reviewer.
import { beforeEach, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { auditDrawOf } from '../../../server/kitchen/flag/audit-store.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { standingOrderOf } from '../../../server/kitchen/order/order-store.ts';
import { agreements } from '../../../server/kitchen/quality/agreement-store.ts';
import { missEvidence } from '../../../server/kitchen/quality/miss-evidence-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { evidenceFor } from '../../../server/kitchen/threshold/threshold-store.ts';
import { type Cast, frameOf, openCast, person, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { auditShare: 1 });
});

const mask = [seen('no_mask', 0.9)];

/** The flags one more frame raised: the models' and the audit. */
async function frame(detections: ReturnType<typeof seen>[] = []) {
  server.clock.pass(30_000);
  const { flags } = recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections }));
  const audits = flags.filter((id) => flagById(server.db, id)?.audit === 1);
  return { flags: flags.filter((id) => !audits.includes(id)), audit: audits[0]! };
}

const judge = (flagId: number, kinds: string[], by = cast.reviewer) =>
  judgeFlag(server.deps, by, { flagId, decision: kinds.length === 0 ? 'cleared' : 'confirmed', kinds });
const everything = () => missEvidence(server.db, cast.admin, { from: 0, to: server.clock.now() + 1 });
const about = (violation: string) => everything().findings.filter((found) => found.violation === violation);

describe('which frames are audited', () => {
  it('frames that one hit of N of M left unflagged, frames flagged, and frames of nothing, each with its chance', async () => {
    const drawn = [await frame(mask), await frame(mask), await frame([])];
    expect(drawn.map(({ flags }) => flags.length)).toEqual([0, 1, 0]);
    for (const { audit } of drawn) expect(auditDrawOf(server.db, audit)).toMatchObject({ chance: 1, hour: 11 });
  });

  it('keeps the chance with which it was drawn when the share is changed afterwards', async () => {
    changeSettings(server.deps, cast.admin, { auditShare: 0.9999 });
    const { audit } = await frame();
    changeSettings(server.deps, cast.admin, { auditShare: 0.5 });
    expect(auditDrawOf(server.db, audit)?.chance).toBe(0.9999);
  });

  it('a draw is never changed or removed', async () => {
    const { audit } = await frame();
    const change = () => server.db.sqlite.prepare('UPDATE audit_draw SET chance = 0.1 WHERE flag_id = ?').run(audit);
    expect(change).toThrow(/append-only/);
    expect(() => server.db.sqlite.prepare('DELETE FROM audit_draw').run()).toThrow(/append-only/);
  });
});

describe('what reached a reviewer', () => {
  it('the frames of a happening that was flagged, those before its flag among them, and no frame after it', async () => {
    const [first, second, between, last, after] = [
      await frame(mask),
      await frame(mask),
      await frame([]),
      await frame(mask),
      await frame([]),
    ];
    for (const { audit } of [first, second, between, last, after]) judge(audit!, ['no_mask']);
    judgeFlag(server.deps, cast.reviewer, { flagId: second!.flags[0]!, decision: 'confirmed' });
    const told = about('no_mask').map(({ reached, counted }) => ({ reached, counted }));
    // The newest first.
    expect(told).toEqual([
      { reached: false, counted: false },
      { reached: true, counted: false },
      { reached: true, counted: false },
      { reached: true, counted: true },
      { reached: true, counted: false },
    ]);
  });

  it('a single frame that N of M dropped did not', async () => {
    const { audit } = await frame(mask);
    judge(audit, ['no_mask']);
    expect(about('no_mask')).toMatchObject([{ present: true, reached: false, weight: 1 }]);
  });

  it('a class the reviewer corrected counts as what it is, and the one that was asked as nothing', async () => {
    await frame(mask);
    const { flags, audit } = await frame(mask);
    judgeFlag(server.deps, cast.reviewer, { flagId: flags[0]!, decision: 'confirmed', violation: 'no_hat' });
    judge(audit, ['no_hat']);
    expect(everything().caught).toMatchObject([{ violation: 'no_hat' }]);
    expect(about('no_hat')).toMatchObject([{ present: true, reached: true, counted: true }]);
    expect(about('no_mask')).toMatchObject([{ present: false, counted: false }]);
  });

  it('frames drawn and not judged yet stand behind those that were', async () => {
    const { audit } = await frame();
    await frame();
    await frame();
    judge(audit, ['phone']);
    expect(about('phone')).toMatchObject([{ weight: 3 }]);
  });
});

describe('an audited frame', () => {
  it('is judged by two people, and where they name other kinds a third decides, each kind by most', async () => {
    const { audit } = await frame();
    const third = person(server.deps, 'reviewer', 'reviewer-wu');
    expect(judge(audit, ['phone', 'no_hat']).status).toBe('confirmed');
    expect(judge(audit, ['phone'], cast.secondReviewer).status).toBe('unsure');
    expect(everything().judged).toBe(0);
    expect(judge(audit, ['phone', 'smoking'], third).status).toBe('confirmed');
    const present = everything().findings.filter((found) => found.present);
    expect(present.map(({ violation }) => violation)).toEqual(['phone']);
  });

  it('leads to an order about the heaviest of its kinds', async () => {
    const { audit } = await frame();
    judge(audit, ['no_hat', 'smoking', 'phone']);
    expect(standingOrderOf(server.db, audit)?.violation).toBe('smoking');
  });

  it('is refused with a kind it is not asked about, or confirmed with none, and nothing is recorded', async () => {
    const { audit } = await frame();
    expect(() => judge(audit, ['dragon'])).toThrow(/faults/);
    expect(() => judgeFlag(server.deps, cast.reviewer, { flagId: audit, decision: 'confirmed' })).toThrow(/faults/);
    expect(flagById(server.db, audit)?.status).toBe('open');
  });
});

describe('what an audit teaches about a threshold', () => {
  it('how close the models came to what people found, and to what is not there', async () => {
    const near = await frame([seen('no_mask', 0.5)]);
    judge(near.audit, ['no_mask']);
    const { audit } = await frame([seen('no_mask', 0.4)]);
    judge(audit, []);
    const { own } = evidenceFor(server.db, cast.camera, 'no_mask', 0.6, server.clock.now());
    expect(own).toEqual([
      { score: 0.4, real: false, audit: true },
      { score: 0.5, real: true, audit: true },
    ]);
  });
});

describe('agreement', () => {
  it('is told of each pair of people and kind, and of everybody', async () => {
    for (const kinds of [['phone'], [], ['phone'], []]) {
      const { audit } = await frame();
      judge(audit, kinds);
      judge(audit, kinds, cast.secondReviewer);
    }
    const lines = agreements(server.db, { from: 0, to: server.clock.now() + 1 });
    const phone = lines.filter(({ violation }) => violation === 'phone');
    expect(phone.map(({ people, pairs, kappa }) => ({ people, pairs, kappa }))).toEqual([
      { people: undefined, pairs: 4, kappa: 1 },
      { people: [cast.reviewer.id, cast.secondReviewer.id], pairs: 4, kappa: 1 },
    ]);
  });

  it('a confirmed flag of another class is a disagreement, and goes to a third person', async () => {
    changeSettings(server.deps, cast.admin, { secondShare: 1 });
    await frame(mask);
    const { flags } = await frame(mask);
    judgeFlag(server.deps, cast.reviewer, { flagId: flags[0]!, decision: 'confirmed' });
    const second = { flagId: flags[0]!, decision: 'confirmed' as const, violation: 'no_hat' };
    expect(judgeFlag(server.deps, cast.secondReviewer, second).status).toBe('unsure');
  });
});
