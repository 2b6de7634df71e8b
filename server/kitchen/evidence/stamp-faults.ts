// The time stamp in a verdict's bundle: over the sums of all its files, so that one byte more or less breaks it.
import type { BundleFault } from '../../ledger/bundle-manifest.ts';
import type { TimeStamp } from '../../ledger/time-stamp.ts';

export const sumsPath = 'sums.json';
export const stampPath = 'timestamp.json';
export const tokenPath = 'timestamp.tsr';

type Stamp = { readonly stamped?: TimeStamp | undefined; readonly faults: readonly BundleFault[] };

/** `trusted`: the authority's root certificate, DER; whoever gives one wants a stamp. */
export async function readStamp(files: ReadonlyMap<string, Buffer>, trusted?: Buffer): Promise<Stamp> {
  const [token, sums, said] = [files.get(tokenPath), files.get(sumsPath), saidIn(files.get(stampPath))];
  if (token === undefined)
    return said !== null || trusted !== undefined
      ? { faults: [fault(tokenPath, 'There is no time stamp, though one is told of or asked for.')] }
      : { faults: [] };
  const { readTimeStamp } = await import('../../ledger/time-stamp.ts');
  const stamp = await readTimeStamp(token, sums ?? Buffer.alloc(0), { trusted });
  if ('fault' in stamp) return { faults: [fault(tokenPath, stamp.fault)] };
  if (said !== stamp.time) return { faults: [fault(stampPath, 'It tells another time than the one that is stamped.')] };
  return { stamped: stamp, faults: [] };
}

/** The time that timestamp.json tells of. */
function saidIn(bytes: Buffer | undefined): number | null {
  try {
    const { time } = JSON.parse(bytes?.toString('utf8') ?? '{}') as { time?: number | null };
    return time ?? null;
  } catch {
    return null;
  }
}

function fault(place: string, detail: string): BundleFault {
  return { place, byte: null, detail };
}
