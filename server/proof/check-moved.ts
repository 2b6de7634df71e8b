// Reads every picture that was moved to the store, as it lies there: its bytes have to be those of its name.
import { countMoved, isMoved, movedAfter } from '../bucket/moved-picture-store.ts';
import type { Note } from '../ledger/verify.ts';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import type { Progress } from './progress.ts';

/** Throws where the store does not answer; undefined: it has no such picture. */
export type MovedReader = (hash: string) => Promise<Buffer | undefined>;

const pageSize = 500;
const atOnce = 4;

/** Returns how many were read. A store that cannot be asked is a fault: what lies there was not checked. */
export async function checkMoved(
  db: Db,
  read: MovedReader | undefined,
  note: Note,
  progress: Progress,
): Promise<number> {
  const total = countMoved(db);
  if (total === 0) return 0;
  if (read === undefined) {
    note(
      'moved pictures',
      `${total} lie in a store of objects and were not checked: set S3_ENDPOINT and the rest as for the server.`,
    );
    return 0;
  }
  let done = 0;
  for (let page = movedAfter(db, '', pageSize); page.length > 0; page = movedAfter(db, page.at(-1) ?? '', pageSize)) {
    for (let at = 0; at < page.length; at += atOnce) {
      progress('moved', done, total);
      const some = page.slice(at, at + atOnce);
      try {
        const faults = await Promise.all(some.map((hash) => faultOf(db, read, hash)));
        for (const [place, fault] of faults.entries()) if (fault !== undefined) note(`file ${some[place]}`, fault);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        note('moved pictures', `${total - done} of ${total} were not checked: ${reason}`);
        return done;
      }
      done += some.length;
    }
  }
  progress('moved', done, total);
  return done;
}

async function faultOf(db: Db, read: MovedReader, hash: string): Promise<string | undefined> {
  const bytes = await read(hash);
  if (bytes !== undefined)
    return sha256Hex(bytes) === hash ? undefined : 'It is not what was stored (a picture in the store).';
  // What was removed while this ran is needed no more.
  return isMoved(db, hash) ? 'It is gone from the store (a picture).' : undefined;
}
