// An eye that is asked before its models are loaded.
import { expect, it } from 'vitest';
import { openLater } from '../../../inference/open-later.ts';
import type { CameraSpec, Pool } from '../../../inference/types.ts';
import { closedEye } from '../../../server/open-deps.ts';

const told = { packs: [], workers: 2 };
const camera: CameraSpec = { id: '7', kind: 'picture', allow: [] };

/** An eye that says of which camera it was asked. */
function loaded(): { pool: Pool; asked: string[]; closed: () => boolean } {
  const asked: string[] = [];
  let closed = false;
  const pool: Pool = {
    ...closedEye,
    packs: [{ name: 'squares' } as Pool['packs'][number]],
    sample: async ({ id }) => {
      asked.push(id);
      return { ok: false, cameraId: id, at: 0, fault: { code: 'internal', detail: '' } };
    },
    close: async () => {
      closed = true;
    },
  };
  return { pool, asked, closed: () => closed };
}

it('keeps whoever asks waiting, and answers all of them once it is open', async () => {
  const { pool, asked } = loaded();
  let open: (opened: Pool) => void = () => undefined;
  const { eye, load } = openLater(told, () => new Promise((resolve) => (open = resolve)));
  const answers = [eye.sample(camera), eye.sample({ ...camera, id: '8' })];
  const loading = load();
  expect(eye).toMatchObject({ opening: true, packs: [] });
  expect(eye.metrics()).toMatchObject({ workers: 2, queued: 2, done: 0 });
  expect(asked).toEqual([]);
  open(pool);
  await loading;
  expect((await Promise.all(answers)).map(({ cameraId }) => cameraId)).toEqual(['7', '8']);
  expect(eye).toMatchObject({ opening: false, packs: [{ name: 'squares' }] });
  expect(eye.metrics()).toMatchObject({ queued: 0 });
});

it('loads once, however often it is asked to', async () => {
  let opened = 0;
  const { load } = openLater(told, async () => {
    opened++;
    return loaded().pool;
  });
  await Promise.all([load(), load()]);
  expect(opened).toBe(1);
});

it('models that cannot be loaded are told to who loads and to who waits', async () => {
  const { eye, load } = openLater(told, () => Promise.reject(new Error('no such model')));
  const waits = expect(eye.sample(camera)).rejects.toThrow('no such model');
  await expect(load()).rejects.toThrow('no such model');
  await waits;
  expect(eye).toMatchObject({ opening: true });
});

it('is closed once it is open, and one that never loaded has nothing to close', async () => {
  const { pool, closed } = loaded();
  await openLater(told, async () => pool).eye.close();
  expect(closed()).toBe(false);
  const late = openLater(told, async () => pool);
  await late.load();
  await late.eye.close();
  expect(closed()).toBe(true);
});

it('gives up loading when it is closed meanwhile, and nobody calls that a fault', async () => {
  const { eye, load } = openLater(
    told,
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up')))),
  );
  const loading = load();
  await eye.close();
  await loading;
  expect(eye).toMatchObject({ opening: true });
});
