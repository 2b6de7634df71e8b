// The units that operators copy: systemd itself reads them without a complaint, and they start and stop what they say.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const units = ['docs/deploy/bright-kitchen.service', 'docs/deploy/bright-kitchen-worker.service'];
const analyze = '/usr/bin/systemd-analyze';

it('every program that a unit starts is there, and a stop waits longer than the program needs', () => {
  const needsMs = {
    'docs/deploy/bright-kitchen.service': 'server/main.ts',
    'docs/deploy/bright-kitchen-worker.service': 'server/worker.ts',
  };
  for (const unit of units) {
    const text = readFileSync(unit, 'utf8');
    const started = /ExecStart=.* (server\/[\w.]+)/.exec(text)?.[1] ?? '';
    expect(existsSync(started), unit).toBe(true);
    const program = readFileSync(needsMs[unit as keyof typeof needsMs], 'utf8');
    const stopMs = Number(/stopWithinMs = ([\d_]+)/.exec(program)?.[1]?.replaceAll('_', ''));
    expect(Number(/TimeoutStopSec=(\d+)/.exec(text)?.[1]) * 1000).toBeGreaterThan(stopMs);
  }
});

it('a unit is sections and settings, and systemd finds nothing to complain of where it is there to be asked', () => {
  for (const unit of units) {
    const lines = readFileSync(unit, 'utf8').split('\n');
    const odd = lines.filter((line) => !/^(#.*|\[(Unit|Service|Install)\]|[A-Z]\w+=.+|)$/.test(line));
    expect(odd, unit).toEqual([]);
  }
  if (!existsSync(analyze)) return;
  const { status, stderr } = spawnSync(analyze, ['verify', '--man=no', ...units], { encoding: 'utf8' });
  expect([stderr.split('\n').filter((line) => line.includes('bright-kitchen')), status]).toEqual([[], 0]);
});
