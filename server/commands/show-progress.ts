// Shows on a terminal how far a long check is: one line that is written over, or a plain line now and then into a file.
import type { WriteStream } from 'node:tty';
import type { Phase, Progress } from '../proof/progress.ts';

type Out = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

const words: Readonly<Record<Phase, string>> = {
  entries: 'reading the ledger',
  replay: 'building it again',
  rows: 'comparing tables',
  pictures: 'reading files',
  moved: 'reading pictures in the store',
  file: 'checking the database file',
};
// Four lines a phase are enough for a log.
const plainSteps = 4;
const fineSteps = 100;

export function showProgress(out: Out): Progress {
  const isFine = out.isTTY === true;
  let shown = '';
  return (phase, done, total) => {
    const steps = isFine ? fineSteps : plainSteps;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const step = `${phase} ${Math.floor(share * steps)}`;
    if (step === shown) return;
    shown = step;
    const line = `${words[phase]}: ${Math.round(share * 100)} % of ${total}`;
    if (isFine) out.write(`\r\u001b[K${line}${share === 1 ? '\n' : ''}`);
    else out.write(`${line}\n`);
  };
}
