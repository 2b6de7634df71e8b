// Attaches a logger's file to a shipment: its readings become readings of the lots that were on their way.
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import { readForCapture } from '../capture/capture-document.ts';
import { type CaptureDeps, captureDocument } from '../capture/capture-events.ts';
import type { LoggedShipment } from './logged-shipment-store.ts';
import { loggerDocument } from './logger-document.ts';
import type { LoggerFile } from './logger-file.ts';
import type { LoggerFault } from './logger-reading.ts';

export type Attached = { readonly readings: number; readonly known: 'new' | 'known' };

/** What stops a file: a fault always, a doubt until a person takes it as it stands. */
export function stopsOf(file: LoggerFile, doubts: 'stop' | 'take'): LoggerFault[] {
  return file.found.filter(({ level }) => level === 'fault' || (level === 'doubt' && doubts === 'stop'));
}

/** Throws Problem `invalid_input` with every cell that stops it. */
export function attachLogger(
  deps: CaptureDeps,
  shipment: LoggedShipment,
  file: LoggerFile,
  doubts: 'stop' | 'take',
  caller: Caller,
): Attached {
  const stops = stopsOf(file, doubts);
  if (stops.length > 0)
    throw new Problem('invalid_input', {
      faults: stops.map(({ cell, code, detail }) => ({ place: cell, code, detail })),
    });
  const bytes = Buffer.from(JSON.stringify(loggerDocument(shipment, file, deps.clock())));
  const answer = captureDocument(deps, readForCapture(bytes, 'application/ld+json'), caller, { onError: 'rollback' });
  if (answer.refused > 0)
    throw new Problem('invalid_input', { faults: answer.events.flatMap((event) => event.faults).slice(0, 100) });
  return { readings: file.readings.length, known: answer.accepted > 0 ? 'new' : 'known' };
}
