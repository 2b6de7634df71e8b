// Checks an evidence bundle by itself: no database, no data directory, no network.
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { isVerdictBundle, verdictFaults } from '../kitchen/evidence/check-verdict-bundle.ts';
import { readStamp } from '../kitchen/evidence/stamp-faults.ts';
import { openBundle } from '../ledger/evidence-bundle.ts';
import type { TimeStamp } from '../ledger/time-stamp.ts';
import { evidenceFaults } from '../trace/evidence/check-evidence-bundle.ts';
import { CommandFault, print, printJson, readGiven } from './command.ts';

export type BundleOptions = {
  readonly bundle: string;
  /** A PEM file with the authority's public key, had from elsewhere than the bundle. */
  readonly key?: string | undefined;
  /** A PEM file with the root certificate of the time-stamp authority. */
  readonly tsa?: string | undefined;
  readonly json: boolean | undefined;
};

/** Sets exit status 1 when anything in the bundle is false. */
export async function verifyBundle({ bundle, key, tsa, json }: BundleOptions): Promise<void> {
  const reading = openBundle(readGiven(bundle), key === undefined ? undefined : keyOf(key));
  // A false byte makes everything after it false too: the first is what is worth saying.
  const meaning = isVerdictBundle(reading) ? verdictFaults : evidenceFaults;
  const stamp = await readStamp(reading.files, tsa === undefined ? undefined : certificateOf(tsa));
  const faults = reading.faults.length > 0 ? reading.faults : [...meaning(reading), ...stamp.faults];
  const { files, entries, size, root } = reading;
  if (json === true) {
    const said = { files: files.size, entries: entries.length, size, root, key: reading.key };
    printJson({ whole: faults.length === 0, ...said, stamped: stamp.stamped ?? null, faults });
  } else if (faults.length === 0) {
    print(`Whole: ${files.size} files, ${entries.length} of the ledger's ${size} entries, root ${root}`);
    print(`Sealed with the key ${reading.key}`);
    if (key === undefined)
      print('Compare this with the fingerprint the authority publishes, or give its key with --key.');
    if (stamp.stamped !== undefined) printStamp(stamp.stamped, tsa);
  } else {
    for (const { place, byte, detail } of faults) print(`${place}${byte === null ? '' : `, byte ${byte}`}: ${detail}`);
  }
  if (faults.length > 0) process.exitCode = 1;
}

function printStamp({ time, signer }: TimeStamp, tsa: string | undefined): void {
  print(`Time-stamped ${new Date(time).toISOString()} with the certificate ${signer}`);
  if (tsa === undefined) print("Give the time-stamp authority's root certificate with --tsa to check whose it is.");
}

/** DER of a certificate in PEM. */
function certificateOf(file: string): Buffer {
  try {
    return new X509Certificate(readGiven(file)).raw;
  } catch (error) {
    if (error instanceof CommandFault) throw error;
    throw new CommandFault(`${file} is no certificate in PEM.`, { cause: error });
  }
}

function keyOf(file: string): KeyObject {
  try {
    return createPublicKey(readGiven(file));
  } catch (error) {
    if (error instanceof CommandFault) throw error;
    throw new CommandFault(`${file} is no public key in PEM.`, { cause: error });
  }
}
