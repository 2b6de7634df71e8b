// Job name → action, one line each; stands beside app.tsx, so that jobs/ knows no job.
import type { Deps } from './deps.ts';
import type { Work } from './jobs/run-jobs.ts';
import { writeCheckpoint } from './ledger/write-checkpoint.ts';

export function workOf(deps: Deps): Work {
  return {
    checkpoint: () => void writeCheckpoint(deps.db, deps.secrets, deps.clock()),
  };
}
