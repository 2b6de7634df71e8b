// What travels to a worker on another machine: sealed for one job alone, and a picture only where it can matter.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealParcel } from '../../../inference/answer-parcel.ts';
import { canMatter } from '../../../inference/worker.ts';
import { openAnswer, openJob, queuePrefix, readWorkerKey, sealMessage } from '../../../inference/worker-messages.ts';
import { ConfigFaults, readConfig } from '../../../server/config.ts';
import { readTicket, ticketOf } from '../../../server/jobs/carrier.ts';
import { pictureIsWanted, travels } from '../../../server/kitchen/camera/machines.ts';
import { eyePack, readingOf, seen } from '../../support/kitchen-cast.ts';

const key = randomBytes(32);
const spec = {
  id: '12',
  kind: 'rtsp',
  url: 'rtsp://192.0.2.14/s',
  user: 'viewer',
  password: 'oolong-secret',
  allow: [],
} as const;
const job = { camera: spec, picture: 'always', packs: ['a'] } as const;

describe('a job on its way', () => {
  it("shows neither the camera's password nor its address, and opens for its own ticket alone", () => {
    const sealed = sealMessage(key, 'job', '7.1', job);
    const plain = Buffer.from(sealed, 'base64').toString('latin1');
    for (const secret of ['oolong-secret', '192.0.2.14', 'viewer']) expect(plain).not.toContain(secret);
    expect(openJob(key, '7.1', sealed)).toEqual(job);
    expect(() => openJob(key, '7.2', sealed)).toThrow();
    expect(() => openJob(randomBytes(32), '7.1', sealed)).toThrow();
    expect(() => openAnswer(key, '7.1', sealed)).toThrow();
    const bent = Buffer.from(sealed, 'base64');
    bent[40]! ^= 1;
    expect(() => openJob(key, '7.1', bent.toString('base64'))).toThrow();
  });

  it('comes back with its picture, byte for byte', () => {
    const picture = randomBytes(5_000);
    const frame = { ok: true, cameraId: '12', at: 5, reading: readingOf([]), looked: true, picture } as never;
    const answer = openAnswer(key, '7.1', sealMessage(key, 'answer', '7.1', { sample: frame }));
    expect('sample' in answer && answer.sample.ok && answer.sample.picture.equals(picture)).toBe(true);
  });

  it('takes half of the bytes as a parcel, and opens for its own job alone', () => {
    const picture = randomBytes(80_000);
    const signature = { grey: 'QUJD'.repeat(4_000) };
    const frame = {
      ok: true,
      cameraId: '12',
      at: 5,
      reading: readingOf([]),
      looked: true,
      signature,
      picture,
    } as never;
    const parcel = sealParcel(key, '7.1', { sample: frame });
    expect(openAnswer(key, '7.1', parcel)).toEqual({ sample: frame });
    expect(parcel.length).toBeLessThan(sealMessage(key, 'answer', '7.1', { sample: frame }).length / 2);
    const missed = { ok: false, cameraId: '12', at: 5, fault: { code: 'timeout', detail: 'd' } } as const;
    for (const answer of [{ sample: missed }, { refused: 'packs', cameraId: '12' }] as const)
      expect(openAnswer(key, '7.1', sealParcel(key, '7.1', answer))).toEqual(answer);
    expect(() => openAnswer(key, '7.2', parcel)).toThrow();
    expect(() => openAnswer(randomBytes(32), '7.1', parcel)).toThrow();
    expect(() => openAnswer(key, '7.1', Buffer.alloc(0))).toThrow();
    parcel[60]! ^= 1;
    expect(() => openAnswer(key, '7.1', parcel)).toThrow();
  });

  it('is called by its row and its fence, and nothing else is taken for that', () => {
    expect(readTicket(ticketOf({ id: 12, fence: 3 }))).toEqual({ id: 12, fence: 3 });
    for (const text of ['', '12', '12.', 'ask-1', '1.2.3', '-1.2']) expect(readTicket(text)).toBeUndefined();
  });

  it('two installations with keys of their own never meet in one Redis', () => {
    expect(queuePrefix(key)).not.toBe(queuePrefix(randomBytes(32)));
    expect(readWorkerKey(key.toString('base64url')).equals(key)).toBe(true);
    expect(() => readWorkerKey('short')).toThrow('43');
  });
});

describe('a picture', () => {
  const quiet = { state: 'online', lastFrameHash: 'abc', rules: {} };

  it("stays with the worker while all is well, and comes for an audit, a fault, a first look or an old camera's page", () => {
    expect(pictureIsWanted(quiet, { pictureAt: 1_000_000, drawn: 'usual', now: 1_060_000 })).toBe(false);
    expect(pictureIsWanted(quiet, { pictureAt: 1_000_000, drawn: 'audit', now: 1_060_000 })).toBe(true);
    expect(
      pictureIsWanted({ ...quiet, state: 'blurred' }, { pictureAt: 1_000_000, drawn: 'usual', now: 1_060_000 }),
    ).toBe(true);
    expect(
      pictureIsWanted({ ...quiet, lastFrameHash: null }, { pictureAt: undefined, drawn: 'usual', now: 1_060_000 }),
    ).toBe(true);
    expect(pictureIsWanted(quiet, { pictureAt: 1_000_000, drawn: 'usual', now: 1_700_000 })).toBe(true);
  });

  it('comes when a label counts towards a violation or the camera is not in order, not for a person alone', () => {
    expect(canMatter({ reading: readingOf([seen('no_mask', 0.06)]) }, [eyePack])).toBe(true);
    expect(canMatter({ reading: readingOf([seen('person', 0.9), seen('mask', 0.9)]) }, [eyePack])).toBe(false);
    const covered = { kind: 'covered', reading: 0.9, limit: 0.5 } as const;
    expect(canMatter({ reading: readingOf([], [covered]) }, [eyePack])).toBe(true);
  });

  it('of a file of ours never travels', () => {
    expect((['rtsp', 'hls', 'mjpeg', 'snapshot', 'clip', 'picture'] as const).filter(travels)).toEqual([
      'rtsp',
      'hls',
      'mjpeg',
      'snapshot',
    ]);
  });
});

it('a worker key that cannot be one is refused without being shown', () => {
  expect(readConfig({ WORKER_KEY: key.toString('base64url') }).workerKey).toBe(key.toString('base64url'));
  try {
    readConfig({ WORKER_KEY: 'half-a-key' });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigFaults);
    expect(String(error)).toContain('worker-key');
    expect(String(error)).not.toContain('half-a-key');
  }
});
