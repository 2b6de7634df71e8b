// The kitchen's pure rules: labels to violations, windows, decisions, deadlines, scores, schedules, statistics.
import { describe, expect, it } from 'vitest';
import type { Box, Sample } from '../../../inference/types.ts';
import { addressFaults, cameraRulesSchema } from '../../../server/kitchen/camera/camera.ts';
import { dayParts } from '../../../server/kitchen/camera/camera-day.ts';
import { type CameraStanding, nextStanding, observedState } from '../../../server/kitchen/camera/camera-state.ts';
import { statusAfter, undoHindrance } from '../../../server/kitchen/flag/decision.ts';
import { classifyReport } from '../../../server/kitchen/frame/classify-report.ts';
import { deadlineLeft, deadlineOf, orderAfter } from '../../../server/kitchen/order/rectification.ts';
import { acceptedDelta, confirmedDelta, scoreAfter } from '../../../server/kitchen/order/score.ts';
import { nextDueAt } from '../../../server/kitchen/sample/sample-schedule.ts';
import { countsNow, frameViolations } from '../../../server/kitchen/violation/violation.ts';
import { isExperimental, violationIds, violationKinds } from '../../../server/kitchen/violation/violation-kinds.ts';
import { advanceWindow, emptyWindow, gapOf, type ViolationWindow } from '../../../server/kitchen/violation/window.ts';
import { eyePack, headBox, readingOf, seen } from '../../support/kitchen-cast.ts';

const rules = (part: object) => cameraRulesSchema.parse(part);

const noMask = [seen('no_mask', 0.7)];

describe('labels become violations', () => {
  it('a label at its threshold counts, one below does not, and a masked face never', () => {
    const detections = [seen('no_mask', 0.6), seen('no_mask', 0.59, [0, 0, 0.1, 0.1]), seen('mask', 0.99)];
    expect(frameViolations(detections, [eyePack])).toMatchObject([{ id: 'no_mask', score: 0.6, threshold: 0.6 }]);
  });

  it('a switched-off violation is only reported when all are asked for', () => {
    expect(frameViolations([seen('rat', 0.9)], [eyePack])).toEqual([]);
    expect(frameViolations([seen('rat', 0.9)], [eyePack], undefined, 'all')).toMatchObject([{ id: 'pest' }]);
  });

  it("a camera's own threshold and its switched-off violations are heeded", () => {
    expect(frameViolations(noMask, [eyePack], rules({ thresholds: { no_mask: 0.8 } }))).toEqual([]);
    expect(frameViolations(noMask, [eyePack], rules({ off: ['no_mask'] }))).toEqual([]);
  });

  it('outside the watched zone and inside an ignored one nothing counts; the zone is named', () => {
    const left = {
      name: '切配区',
      kind: 'watch',
      points: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    };
    const right = {
      name: '通道',
      kind: 'ignore',
      points: [
        [0.5, 0],
        [1, 0],
        [1, 1],
        [0.5, 1],
      ],
    };
    const at = (x: number): Box => [x, 0.3, 0.1, 0.1];
    expect(frameViolations([seen('no_mask', 0.9, at(0.1))], [eyePack], rules({ zones: [left] }))).toMatchObject([
      { zone: '切配区' },
    ]);
    expect(frameViolations([seen('no_mask', 0.9, at(0.7))], [eyePack], rules({ zones: [left] }))).toEqual([]);
    expect(frameViolations([seen('no_mask', 0.9, at(0.7))], [eyePack], rules({ zones: [right] }))).toEqual([]);
    const onlySmoking = { ...left, violations: ['smoking'] };
    expect(frameViolations([seen('no_mask', 0.9, at(0.7))], [eyePack], rules({ zones: [onlySmoking] }))).toHaveLength(
      1,
    );
  });

  it('two packs that say the same of one place say it once; two people are two', () => {
    const twin = { ...eyePack, name: 'second-eye' };
    const both = [
      seen('no_mask', 0.7),
      { ...seen('no_mask', 0.8), source: 'second-eye' },
      seen('no_mask', 0.65, [0.1, 0.1, 0.1, 0.1]),
    ];
    expect(frameViolations(both, [eyePack, twin]).map(({ score }) => score)).toEqual([0.8, 0.65]);
  });

  it('a mask counts while the kitchen is open, a rat at any hour', () => {
    expect([countsNow('no_mask', 'closed'), countsNow('no_mask', 'open'), countsNow('pest', 'closed')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('every violation has names, a rule and a request in both languages', () => {
    for (const id of violationIds)
      for (const text of [
        violationKinds[id].zh,
        violationKinds[id].en,
        violationKinds[id].askZh,
        violationKinds[id].ruleEn,
      ])
        expect(text).not.toBe('');
  });

  it('whether a class is experimental is for the pack that was measured to say', () => {
    expect([isExperimental('pest', []), isExperimental('no_mask', [])]).toEqual([true, false]);
    const measured = {
      ...eyePack,
      violations: [{ id: 'pest', labels: ['rat'], threshold: 0.5, on: true, experimental: false }],
    };
    expect(isExperimental('pest', [measured])).toBe(false);
  });
});

describe('the report of one picture', () => {
  it('has labels, violations, check and times, rounded, and a camera fault when the check fails', () => {
    const fault = readingOf([seen('no_mask', 0.912345)], [{ kind: 'black', reading: 2, limit: 10 }]);
    const report = classifyReport(fault, [eyePack], { all: false });
    expect(report.detections).toEqual([{ label: 'no_mask', score: 0.9123, box: headBox }]);
    expect(report.violations.map(({ id }) => id)).toEqual(['camera_fault', 'no_mask']);
    expect(report.check.ok).toBe(false);
  });
});

describe('one flag per happening', () => {
  const run = (hits: string, stepMs = 30_000) => {
    let window: ViolationWindow = emptyWindow;
    return [...hits]
      .map((letter, index) => {
        const next = advanceWindow(
          window,
          { at: index * stepMs, hit: letter === 'x' },
          { hits: 2, of: 3, gapMs: gapOf(30_000) },
        );
        window = next.window;
        return next.raise ? 'F' : '.';
      })
      .join('');
  };

  it('two hits of three raise it, one does not', () => {
    expect(run('x..x..')).toBe('......');
    expect(run('x.x')).toBe('..F');
  });

  it('what goes on is not raised again; what comes back after quiet is', () => {
    expect(run('xxxxx')).toBe('.F...');
    expect(run('xx...xx')).toBe('.F....F');
  });

  it('what still goes on after an hour is asked about again', () => {
    expect(run('x'.repeat(140)).split('F')).toHaveLength(3);
  });

  it('hits hours apart are no happening', () => {
    expect(run('xx', 3_600_000)).toBe('..');
    expect(gapOf(3_600_000)).toBeGreaterThan(3_600_000);
  });
});

describe('a verdict', () => {
  const flag = { status: 'open', second: 'none', leasedTo: null, leaseUntil: null, leasedAt: null } as const;

  it('the first decides, two doubts clear, and a blind disagreement becomes a doubt', () => {
    expect(statusAfter(flag, 'confirmed', 0)).toBe('confirmed');
    expect(statusAfter({ ...flag, status: 'unsure' }, 'unsure', 1)).toBe('cleared');
    const blind = { ...flag, status: 'confirmed', second: 'wanted' } as const;
    expect([statusAfter(blind, 'confirmed', 0), statusAfter(blind, 'cleared', 0)]).toEqual(['confirmed', 'unsure']);
  });

  it('is taken back within half an hour, while it is the newest and the owner has not answered', () => {
    const fresh = { at: 0, isNewest: true, orderState: 'issued' };
    expect(undoHindrance(fresh, 1000)).toBeUndefined();
    expect(undoHindrance(fresh, 31 * 60_000)?.detail).toMatch(/30 minutes/);
    expect(undoHindrance({ ...fresh, isNewest: false }, 1000)?.detail).toMatch(/since/);
    expect(undoHindrance({ ...fresh, orderState: 'answered' }, 1000)?.detail).toMatch(/answered/);
  });
});

describe('an order', () => {
  it('has a deadline by what it is about', () => {
    expect([deadlineOf('fire', 0), deadlineOf('no_mask', 0)]).toEqual([4 * 3600_000, 24 * 3600_000]);
    expect(deadlineLeft(0, 90_061_000)).toEqual({ late: true, days: 1, hours: 1, minutes: 1 });
  });

  it('is accepted or returned only after an answer, and never twice', () => {
    expect(orderAfter('issued', 'accepted')).toBeUndefined();
    expect(orderAfter('answered', 'accepted')).toBe('accepted');
    expect(orderAfter('answered', 'returned')).toBe('issued');
    expect(orderAfter('accepted', 'answered')).toBeUndefined();
  });
});

describe('the score', () => {
  it('loses by weight, recovers nearly all in time and half when late, and stays within 0 and 100', () => {
    expect([confirmedDelta('no_mask'), acceptedDelta('no_mask', 'in_time'), acceptedDelta('no_mask', 'late')]).toEqual([
      -3, 2, 1,
    ]);
    expect(scoreAfter(1, -5)).toEqual({ after: 0, delta: -1 });
    expect(scoreAfter(99, 3)).toEqual({ after: 100, delta: 1 });
  });
});

describe('a camera', () => {
  const missed = (code: 'timeout' | 'dropped'): Sample => ({
    ok: false,
    cameraId: '1',
    at: 0,
    fault: { code, detail: '' },
  });

  it('is not blamed for what went wrong on our side', () => {
    expect(observedState(missed('timeout'), 'rtsp')).toBe('offline');
    expect(observedState(missed('dropped'), 'rtsp')).toBeUndefined();
  });

  it('is believed away after three samples, dated from the first of them, and back after one', () => {
    let standing: CameraStanding = {
      state: 'online',
      stateSince: 0,
      pendingState: null,
      pendingCount: 0,
      pendingSince: null,
    };
    for (const at of [10, 20, 30]) standing = nextStanding(standing, 'offline', at);
    expect(standing).toMatchObject({ state: 'offline', stateSince: 10 });
    expect(nextStanding(standing, 'online', 40)).toMatchObject({
      state: 'online',
      change: { before: 'offline', after: 'online' },
    });
  });

  it('that flickers between two faults is believed in neither', () => {
    let standing: CameraStanding = {
      state: 'online',
      stateSince: 0,
      pendingState: null,
      pendingCount: 0,
      pendingSince: null,
    };
    for (const state of ['covered', 'blurred', 'covered', 'blurred'] as const)
      standing = nextStanding(standing, state, 1);
    expect(standing.state).toBe('online');
  });

  it('its day is drawn without the time before it was there', () => {
    const now = 24 * 3600_000;
    const events = [{ at: 18 * 3600_000, before: 'online' as const, after: 'offline' as const }];
    expect(dayParts(events, 'offline', 12 * 3600_000, now)).toEqual([
      { from: 0.5, to: 0.75, kind: 'ok' },
      { from: 0.75, to: 1, kind: 'off' },
    ]);
  });

  it('is asked less often while it is away, never more seldom than every eleven minutes', () => {
    expect(nextDueAt(0, 30_000, 0, 0.5)).toBe(30_000);
    expect(nextDueAt(0, 30_000, 3, 0.5)).toBe(240_000);
    expect(nextDueAt(0, 30_000, 30, 1)).toBe(630_000);
  });

  it('with an address that does not fit, or holds a password, is refused with an example', () => {
    expect(addressFaults({ kind: 'rtsp', url: 'rtsp://192.0.2.14/stream1' })).toEqual([]);
    expect(addressFaults({ kind: 'rtsp', url: '192.0.2.14/stream1' })[0]?.detail).toContain('rtsp://');
    expect(addressFaults({ kind: 'hls', url: 'file:///etc/passwd' })[0]?.code).toBe('bad_scheme');
    expect(addressFaults({ kind: 'rtsp', url: 'rtsp://a:b@192.0.2.14/' })[0]?.code).toBe('password_in_url');
  });
});
