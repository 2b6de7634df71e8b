// Tries a document from the page: only read, or captured as if a program had sent it; the answer is the program's.
import type { Caller } from '../../accounts/caller.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { readForCapture } from '../capture/capture-document.ts';
import { type CaptureDeps, captureDocument } from '../capture/capture-events.ts';
import { mediaTypeOf } from './first-document.ts';

export type Tried = {
  /** `sound`: read without a fault, and nothing kept. */
  readonly outcome: 'sound' | 'faulty' | 'accepted' | 'duplicate';
  readonly events: number;
  readonly captureId: string | undefined;
  readonly faults: readonly Fault[];
};

export type Way = 'check' | 'send';

export function tryDocument(deps: CaptureDeps, document: string, way: Way, caller: Caller): Tried {
  try {
    const read = readForCapture(Buffer.from(document), mediaTypeOf(document));
    if (way === 'check') {
      const faults = read.events.flatMap((event) => ('faults' in event ? event.faults : []));
      return answer(faults.length > 0 ? 'faulty' : 'sound', read.events.length, faults);
    }
    const { accepted, duplicate, captureId, events } = captureDocument(deps, read, caller, { onError: 'rollback' });
    const faults = events.flatMap((event) => (event.status === 'refused' ? event.faults : []));
    if (faults.length > 0) return answer('faulty', events.length, faults);
    const outcome = accepted === 0 && duplicate > 0 ? 'duplicate' : 'accepted';
    return { ...answer(outcome, events.length, []), captureId };
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return answer('faulty', 0, error.faults);
  }
}

function answer(outcome: Tried['outcome'], events: number, faults: readonly Fault[]): Tried {
  return { outcome, events, faults, captureId: undefined };
}
