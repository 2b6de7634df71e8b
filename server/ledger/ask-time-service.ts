// Asks this machine's own time service how far its clock is off: chrony says by how much, systemd only whether it is set by anybody.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type ClockSaid = {
  /** Who says so; null where nobody does. */
  readonly offsetFrom: 'authority' | 'chrony' | null;
  /** This server's clock minus theirs, and within how much that is known. */
  readonly offsetMs: number | null;
  readonly withinMs: number | null;
  /** Whether this machine's clock is set by a time service at all; null where that cannot be asked. */
  readonly synchronized: boolean | null;
  /** Why there is no offset; null where there is one. */
  readonly offsetUnknown: string | null;
};

/** The programs that are asked. */
export type TimeServices = { readonly chronyc: string; readonly timedatectl: string };

const usual: TimeServices = { chronyc: 'chronyc', timedatectl: 'timedatectl' };
const answerWithinMs = 2_000;
const run = promisify(execFile);

export async function askTimeService(services: TimeServices = usual): Promise<ClockSaid> {
  const tracking = await answerOf(services.chronyc, ['-c', 'tracking']);
  if (tracking !== undefined) return readTracking(tracking);
  const set = await answerOf(services.timedatectl, ['show', '--property=NTPSynchronized', '--value']);
  if (set === 'yes') return unknown('The system says that its clock is set by a time service, and not how well.', true);
  if (set === 'no') return unknown('The system says that no time service sets its clock.', false);
  return unknown(
    'Neither chrony nor systemd answers on this machine, and no time-stamp authority has stamped this.',
    null,
  );
}

/** A line of `chronyc -c tracking`: what the clock is slow by in its fifth field, its bound from the root in the 11th and 12th. */
function readTracking(line: string): ClockSaid {
  const fields = line.split(',');
  const [slow, delay, dispersion] = [fields[4], fields[10], fields[11]].map(Number);
  const state = fields[13] ?? '';
  if (state === 'Not synchronised') return unknown('chrony runs, and has reached no time server.', false);
  if (
    slow === undefined ||
    delay === undefined ||
    dispersion === undefined ||
    ![slow, delay, dispersion].every(Number.isFinite)
  )
    return unknown('chrony answered in a way that is not known.', null);
  return {
    offsetFrom: 'chrony',
    offsetMs: Math.round(-slow * 1000),
    withinMs: Math.ceil((delay / 2 + dispersion) * 1000),
    synchronized: true,
    offsetUnknown: null,
  };
}

function unknown(offsetUnknown: string, synchronized: boolean | null): ClockSaid {
  return { offsetFrom: null, offsetMs: null, withinMs: null, synchronized, offsetUnknown };
}

/** Its first line; undefined where it is not there, refuses or takes too long. */
async function answerOf(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, [...args], { timeout: answerWithinMs, maxBuffer: 65_536 });
    return stdout.split('\n')[0]?.trim();
  } catch {
    // Not installed, not running or hanging: the next one is asked.
    return undefined;
  }
}
