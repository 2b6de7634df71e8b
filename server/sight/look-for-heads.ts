// Has the heads on a stored picture looked for when nobody has, or not closely enough, and keeps what was found.
import type { HeadLook, HeadReading, Pool } from '../../inference/types.ts';
import type { Deps } from '../deps.ts';
import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import { keepStoredPicture } from './keep-stored-picture.ts';
import { closeEnough } from './sight.ts';
import { headReadingOf } from './stored-picture-store.ts';

export type LookDeps = Pick<Deps, 'db' | 'clock'> & {
  readonly eye: Pick<Pool, 'heads'>;
  readonly log: { warn(about: object, text: string): void };
};

/** A picture that the eye could not look at is not tried again for so long: one that ends a thread each time must not do so at every request. */
const restMs = 10 * 60_000;
const mostResting = 1000;

type Looks = {
  readonly running: Map<string, Promise<HeadReading | undefined>>;
  /** When it was last tried in vain, by hash. */
  readonly resting: Map<string, number>;
};

const looksOf = new WeakMap<Db, Looks>();

/** The best that is known afterwards: undefined when nobody could look. Never throws for what the eye cannot do. */
export function lookForHeads(
  deps: LookDeps,
  hash: string,
  jpeg: Buffer,
  wanted: HeadLook,
): Promise<HeadReading | undefined> {
  const known = headReadingOf(deps.db, hash);
  if (known !== undefined && closeEnough(known.look, wanted)) return Promise.resolve(known);
  const { running, resting } = looksFor(deps.db);
  if ((resting.get(hash) ?? 0) > deps.clock() - restMs) return Promise.resolve(known);
  const key = `${hash} ${wanted}`;
  const look = running.get(key) ?? lookNow(deps, { hash, jpeg, wanted, known }).finally(() => running.delete(key));
  running.set(key, look);
  return look.then((found) => found ?? known);
}

type Wanted = {
  readonly hash: string;
  readonly jpeg: Buffer;
  readonly wanted: HeadLook;
  readonly known: HeadReading | undefined;
};

async function lookNow(
  { db, clock, eye, log }: LookDeps,
  { hash, jpeg, wanted, known }: Wanted,
): Promise<HeadReading | undefined> {
  try {
    const found = await eye.heads(jpeg, wanted);
    if (found === undefined) return undefined;
    // A closer look adds heads and takes none away: what one look saw may be a head.
    const reading = { ...found, heads: [...(known?.heads ?? []), ...found.heads] };
    writeTransaction(db, () => keepStoredPicture(db, hash, reading, clock()));
    return reading;
  } catch (error) {
    // Whatever keeps the eye from looking, the picture is then blurred whole; the page it stands on goes on.
    const { resting } = looksFor(db);
    if (resting.size >= mostResting) resting.clear();
    resting.set(hash, clock());
    log.warn({ picture: hash, reason: String(error) }, 'a picture could not be looked at, and is blurred whole');
    return undefined;
  }
}

function looksFor(db: Db): Looks {
  const looks = looksOf.get(db) ?? { running: new Map(), resting: new Map() };
  looksOf.set(db, looks);
  return looks;
}
