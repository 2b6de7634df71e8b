// Lets captures that wait at the same moment share one transaction and one sync, each undone by itself when it fails.
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import type { ReadDocument } from './capture-document.ts';
import {
  type CaptureAnswer,
  type CaptureDeps,
  type CaptureOptions,
  captureInTransaction,
  RolledBack,
} from './capture-events.ts';
import { captureRows } from './capture-rows.ts';

export type CaptureGroup = {
  /** Like captureDocument, answered after the shared transaction is on disk. Rejects with Problem `busy` when too many wait. */
  capture(doc: ReadDocument, caller: Caller | null, options: CaptureOptions): Promise<CaptureAnswer>;
};

type Waiting = {
  readonly doc: ReadDocument;
  readonly caller: Caller | null;
  readonly options: CaptureOptions;
  readonly resolve: (answer: CaptureAnswer) => void;
  readonly reject: (error: unknown) => void;
};

/** How one waiting capture ended, before the commit makes it true. */
type Outcome = { readonly waiting: Waiting } & ({ readonly answer: CaptureAnswer } | { readonly error: unknown });

// A group holds the write lock and the event loop while it runs: about 20 ms at the slowest.
const mostPerGroup = 256;
const mostEventsPerGroup = 1_000;
const mostWaiting = 5_000;
const mostTurns = 20;

export function openCaptureGroup(deps: CaptureDeps): CaptureGroup {
  const queue: Waiting[] = [];
  let scheduled = false;
  const captureOne = deps.db.sqlite.transaction((waiting: Waiting) =>
    captureInTransaction(deps, waiting.doc, waiting.caller, waiting.options),
  );

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(gather, 0, 0);
  };

  // As long as each turn of input brings more, they are waited for: one sync for sixty costs a scan less than its reading does.
  const gather = (turns: number, before: number) => {
    const more = queue.length > before && queue.length < mostPerGroup && turns < mostTurns;
    if (more) setImmediate(gather, turns + 1, queue.length);
    else flush();
  };

  const flush = () => {
    scheduled = false;
    const group = takeGroup(queue);
    if (queue.length > 0) schedule();
    settle(deps, group, (waiting) => attempt(deps, waiting, captureOne));
  };

  return {
    capture: (doc, caller, options) =>
      new Promise<CaptureAnswer>((resolve, reject) => {
        if (queue.length >= mostWaiting) {
          reject(
            new Problem('busy', {
              detail: 'Too many captures wait; send them again shortly.',
              headers: { 'retry-after': '1' },
            }),
          );
          return;
        }
        queue.push({ doc, caller, options, resolve, reject });
        schedule();
      }),
  };
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let events = 0;
  let size = 0;
  for (const { doc } of queue) {
    events += doc.events.length;
    if (size > 0 && (size >= mostPerGroup || events > mostEventsPerGroup)) break;
    size += 1;
  }
  return queue.splice(0, size);
}

function attempt(deps: CaptureDeps, waiting: Waiting, captureOne: (waiting: Waiting) => CaptureAnswer): Outcome {
  try {
    return { waiting, answer: captureOne(waiting) };
  } catch (error) {
    // Its savepoint was undone, and with it rows whose ids were remembered.
    captureRows(deps.db).forget();
    // A full disk undoes the whole transaction: then nobody of this group has been captured.
    if (!deps.db.sqlite.inTransaction) throw error;
    return error instanceof RolledBack ? { waiting, answer: error.answer } : { waiting, error };
  }
}

/** Answers nobody before the commit; when the commit fails, everybody is told so. */
function settle(deps: CaptureDeps, group: readonly Waiting[], attemptOne: (waiting: Waiting) => Outcome): void {
  let outcomes: readonly Outcome[];
  try {
    outcomes = writeTransaction(deps.db, () => group.map(attemptOne));
  } catch (error) {
    captureRows(deps.db).forget();
    for (const { reject } of group) reject(error);
    return;
  }
  for (const outcome of outcomes) {
    if ('answer' in outcome) outcome.waiting.resolve(outcome.answer);
    else outcome.waiting.reject(outcome.error);
  }
}
