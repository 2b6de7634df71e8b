// As main.ts does, fills an untouched DATA_DIR with the sample district and kills itself at the n-th look at the clock, for tests of a first start cut short.
import { readConfig } from '../../server/config.ts';
import { closedEye, openDeps } from '../../server/open-deps.ts';
import { isUntouched, openSamples } from '../../server/samples.ts';

const dieAt = Number(process.argv[2]);
let looks = 0;
const deps = openDeps(readConfig(), closedEye);
if (isUntouched(deps.db))
  await openSamples({
    ...deps,
    clock: () => {
      looks += 1;
      if (looks === dieAt) process.kill(process.pid, 'SIGKILL');
      return deps.clock();
    },
  });
process.stdout.write(String(looks));
