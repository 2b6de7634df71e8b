// What people's verdicts say of a picture, read back for learning: after undo, second reviewer, correction and appeal.
import { beforeEach, describe, expect, it } from 'vitest';
import { countJudgedFrames, judgedFrames } from '../../../server/kitchen/dataset/judged-frame-store.ts';
import { clearGroup } from '../../../server/kitchen/desk/clear-group.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { undoVerdict } from '../../../server/kitchen/desk/undo-verdict.ts';
import { appealVerdict, decideAppeal } from '../../../server/kitchen/order/appeal-verdict.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { violationIds } from '../../../server/kitchen/violation/violation-kinds.ts';
import { type Cast, frameOf, headBox, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
});

/** A frame two hours after the one before, so that each is a happening of its own. */
async function flagged(detections = [seen('no_mask', 0.87), seen('person', 0.9)]): Promise<number> {
  server.clock.pass(2 * 3600_000);
  const sample = await frameOf(cast.camera, { at: server.clock.now(), detections });
  const [id] = recordSample(server.deps, sample).flags;
  return id!;
}

const all = () => judgedFrames(server.db, {}, { limit: 50 }).frames;
const judge = (flagId: number, decision: 'confirmed' | 'cleared' | 'unsure', by = cast.reviewer, violation?: string) =>
  judgeFlag(server.deps, by, { flagId, decision, violation });

describe('what a verdict teaches', () => {
  it('a confirmed flag says the violation is there, in its box, with all the eye saw', async () => {
    judge(await flagged(), 'confirmed');
    expect(all()).toMatchObject([
      {
        siteId: cast.restaurant.siteId,
        kept: true,
        audit: false,
        answers: [{ violation: 'no_mask', answer: 'present', boxes: [headBox], notBoxes: [] }],
        detections: [{ label: 'no_mask', score: 0.87 }, { label: 'person' }],
        packs: [{ name: 'kitchen-eye', version: '1' }],
      },
    ]);
  });

  it('a cleared flag says where it is not, and nothing of what nobody was asked', async () => {
    judge(await flagged(), 'cleared');
    expect(all()[0]?.answers).toEqual([
      { violation: 'no_mask', answer: 'absent', boxes: [], notBoxes: [headBox], wholePicture: false },
    ]);
  });

  it('a corrected class says what it is and what it is not', async () => {
    judge(await flagged(), 'confirmed', cast.reviewer, 'smoking');
    expect(all()[0]?.answers).toMatchObject([
      { violation: 'no_mask', answer: 'absent', notBoxes: [headBox] },
      { violation: 'smoking', answer: 'present', boxes: [headBox] },
    ]);
  });

  it('a verdict taken back is as if it had never been given', async () => {
    judge(await flagged(), 'confirmed');
    undoVerdict(server.deps, cast.reviewer);
    expect(all()).toEqual([]);
    expect(countJudgedFrames(server.db, {})).toBe(0);
  });

  it('a doubt decided by a second reviewer counts as decided; two doubts teach nothing', async () => {
    const [decided, doubted] = [await flagged(), await flagged()];
    judge(decided, 'unsure');
    expect(all()[0]?.answers[0]?.answer).toBe('unsure');
    judge(decided, 'confirmed', cast.secondReviewer);
    judge(doubted, 'unsure');
    judge(doubted, 'unsure', cast.secondReviewer);
    expect(all().map(({ answers }) => answers[0]?.answer)).toEqual(['unsure', 'present']);
  });

  it('an appeal leaves it open, and decides it', async () => {
    const { orderId } = judge(await flagged(), 'confirmed');
    appealVerdict(server.deps, cast.owner, { orderId: orderId!, text: 'It was a face shield.' });
    expect(all()[0]?.answers[0]?.answer).toBe('unsure');
    decideAppeal(server.deps, cast.secondReviewer, { orderId: orderId!, decision: 'overturned', note: 'A shield.' });
    expect(all()[0]?.answers[0]).toMatchObject({ answer: 'absent', notBoxes: [headBox] });
  });

  it('a flag cleared in a group without a look is not called clean', async () => {
    changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
    const looked = await flagged();
    server.clock.pass(30 * 60_000);
    recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections: [] }));
    server.clock.pass(60_000);
    recordSample(
      server.deps,
      await frameOf(cast.camera, { at: server.clock.now(), detections: [seen('no_mask', 0.8)] }),
    );
    expect(clearGroup(server.deps, cast.reviewer, looked, { visibleMs: 900 })).toBe(1);
    expect(all().flatMap(({ flags }) => flags.map(({ id }) => id))).toEqual([looked]);
  });

  it('an audited frame answers for the whole picture and for every kind, and marks no place the models did not see', async () => {
    changeSettings(server.deps, cast.admin, { auditShare: 1 });
    judgeFlag(server.deps, cast.reviewer, {
      flagId: await flagged([seen('person', 0.9)]),
      decision: 'confirmed',
      kinds: ['phone', 'no_hat'],
    });
    const [frame] = all();
    expect(frame?.audit).toBe(true);
    expect(frame?.answers).toHaveLength(violationIds.length);
    for (const { violation, answer, boxes, wholePicture } of frame?.answers ?? []) {
      const there = violation === 'phone' || violation === 'no_hat';
      expect({ answer, boxes, wholePicture }).toEqual({
        answer: there ? 'present' : 'absent',
        boxes: [],
        wholePicture: true,
      });
    }
    // One person looked, however many kinds they were asked about.
    expect(frame?.flags.reduce((sum, flag) => sum + flag.verdicts, 0)).toBe(1);
  });
});

describe('paging through judged frames', () => {
  it('gives each picture once, newest first, page by page, as many as it counts', async () => {
    for (let i = 0; i < 5; i++) judge(await flagged(), i % 2 === 0 ? 'confirmed' : 'cleared');
    const seenHashes: string[] = [];
    let before: number | undefined;
    do {
      const page = judgedFrames(server.db, {}, { limit: 2, ...(before === undefined ? {} : { before }) });
      seenHashes.push(...page.frames.map(({ hash }) => hash));
      before = page.next;
    } while (before !== undefined);
    expect(new Set(seenHashes).size).toBe(5);
    expect(seenHashes).toHaveLength(5);
    expect(countJudgedFrames(server.db, {})).toBe(5);
  });

  it('keeps to the sites, camera and days that were asked for', async () => {
    judge(await flagged(), 'confirmed');
    const at = server.clock.now();
    expect(countJudgedFrames(server.db, { siteIds: ['local:another'] })).toBe(0);
    expect(countJudgedFrames(server.db, { siteIds: [cast.restaurant.siteId], cameraId: cast.camera.id })).toBe(1);
    expect(countJudgedFrames(server.db, { from: at + 1 })).toBe(0);
    expect(countJudgedFrames(server.db, { from: at, to: at + 1, drawn: 'flag' })).toBe(1);
    expect(countJudgedFrames(server.db, { drawn: 'audit' })).toBe(0);
  });
});
