// Gives the eye the set that is to look, whoever said so and where: a page, a program or the command line.
import { PacksRefused } from '../../../inference/pack-folder.ts';
import type { Pool } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { layOutPacks, PacksDamaged } from './lay-out-packs.ts';
import { isOpen } from './open-active-packs.ts';
import { setDigest } from './pack-set.ts';
import { activePackSet, packSetByDigest, shippedPackSet } from './pack-store.ts';
import { fallBackTo } from './promote-pack-set.ts';

export type Followed =
  | { readonly outcome: 'same' | 'swapped' | 'elsewhere' }
  | { readonly outcome: 'fell_back'; readonly reason: string };

type FollowDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'config' | 'log' | 'eye'>;

const running = new WeakMap<Pool, Promise<Followed>>();

/** One at a time. A set that cannot be opened is set aside with the reason, and the packs that look go on looking. */
export function followPackSet(deps: FollowDeps): Promise<Followed> {
  const before = running.get(deps.eye) ?? Promise.resolve();
  const followed = before.catch(() => undefined).then(() => follow(deps));
  running.set(deps.eye, followed);
  return followed;
}

async function follow(deps: FollowDeps): Promise<Followed> {
  const { db, eye, log } = deps;
  const set = activePackSet(db);
  if (set === undefined || isOpen(eye, set)) return { outcome: 'same' };
  if (eye.swap === undefined) return { outcome: 'elsewhere' };
  const looking = packSetByDigest(db, setDigest(eye.packs.map(({ manifestSha256 = '' }) => manifestSha256)));
  try {
    await eye.swap(layOutPacks(deps, set));
    if (isOpen(eye, set)) return { outcome: 'swapped' };
    throw new PacksDamaged('The packs that were opened are not those of the set.');
  } catch (cause) {
    if (!(cause instanceof PacksDamaged || cause instanceof PacksRefused)) throw cause;
    const instead = looking ?? shippedPackSet(db);
    if (instead === undefined) throw cause;
    fallBackTo(deps, instead, cause.message);
    log.error({ set: set.id, reason: cause.message }, 'a set of packs cannot be opened; the one before looks on');
    return { outcome: 'fell_back', reason: cause.message };
  }
}

/** For whoever asked for it and waits. Throws Problem('conflict') when the set could not be opened. */
export async function followOrRefuse(deps: FollowDeps): Promise<void> {
  const followed = await followPackSet(deps);
  if (followed.outcome === 'fell_back') {
    throw new Problem('conflict', {
      detail: `The set could not be opened, and the one before looks on. ${followed.reason}`,
    });
  }
}
