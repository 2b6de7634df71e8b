// What evidence says of this server's clock where no outside authority is set.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askTimeService } from '../../../server/ledger/ask-time-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'time-service-'));

/** A program that answers with this line, or refuses. */
function program(name: string, answer: string | undefined): string {
  const path = join(folder, `${name}-${Math.random()}`);
  writeFileSync(path, answer === undefined ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  return path;
}

const asked = (chronyc: string | undefined, timedatectl: string | undefined) =>
  askTimeService({ chronyc: program('chronyc', chronyc), timedatectl: program('timedatectl', timedatectl) });

/** As chrony 4 prints it; the clock is 25.4 ms slow. */
const tracking = (state: string) =>
  `A29FC87B,192.0.2.123,3,1796000000.123,0.025400000,-0.0000012,0.0000456,-12.345,0.001,0.045,0.012345678,0.000678901,64.2,${state}`;

describe('how far the server’s clock is off, without an authority', () => {
  it('is what chrony says, with its bound: a slow clock is behind', async () => {
    expect(await asked(tracking('Normal'), 'no')).toEqual({
      offsetFrom: 'chrony',
      offsetMs: -25,
      withinMs: 7,
      synchronized: true,
      offsetUnknown: null,
    });
  });

  it('is not known, and said why, where chrony has no server, or only the system is asked, or nobody answers', async () => {
    const said = await Promise.all([
      asked(tracking('Not synchronised'), 'yes'),
      asked('?', 'yes'),
      asked(undefined, 'yes'),
      asked(undefined, 'no'),
      asked(undefined, undefined),
    ]);
    expect(said.map(({ offsetMs }) => offsetMs)).toEqual([null, null, null, null, null]);
    expect(said.map(({ synchronized }) => synchronized)).toEqual([false, null, true, false, null]);
    expect(new Set(said.map(({ offsetUnknown }) => offsetUnknown)).size).toBe(5);
  });
});
