// A server that is told to stop while people write: it ends cleanly and in time, and leaves no process behind.
import { expect, it } from 'vitest';
import { descendants } from '../support/process.ts';
import { openWriters } from '../support/writers.ts';

const stops = process.env['SOAK'] === 'on' ? 50 : 2;
const hands = 4;
/** What main.ts gives a stop, and a little. */
const stopMs = 10_000;

it(`told to stop ${stops} times under load, it ends with 0, leaves no process behind and keeps all it acknowledged`, async () => {
  const writers = await openWriters();
  const taken = new Set<string>();
  for (let round = 0; round < stops; round++) {
    const stopped = { now: false };
    const work = Array.from({ length: hands }, async (_, hand) => {
      for (let number = 0; !stopped.now; number++) {
        const name = `${round}x${hand}x${number}`;
        const status = await writers.capture(name);
        if (status === 202) taken.add(name);
        else if (status !== 0) throw new Error(`${name} was answered with ${status}`);
        else return;
      }
    });
    await expect.poll(() => [...taken].filter((name) => name.startsWith(`${round}x`)).length).toBeGreaterThan(hands);
    const children = descendants(writers.server.child.pid!);
    const began = performance.now();
    expect(await writers.server.end('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(stopMs);
    stopped.now = true;
    await Promise.all(work);
    const alive = new Set(descendants(1));
    expect(children.filter((pid) => alive.has(pid))).toEqual([]);
    await writers.restart('SIGTERM');
  }
  const lost: string[] = [];
  // A repeat is no second event, so sending again tells whether the first is there.
  for (const name of taken) if ((await writers.repeated(name)) !== 'duplicate') lost.push(name);
  await writers.close();
  expect(lost).toEqual([]);
}, 900_000);
