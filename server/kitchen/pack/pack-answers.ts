// A set of packs as the API answers with it.
import type { z } from 'zod';
import type { setAnswer } from './pack-operations.ts';
import type { PackSet } from './pack-store.ts';

/** A set as programs read it, and as the command line prints it. */
export function packSetJson(set: PackSet): z.infer<typeof setAnswer> {
  const { id, digest, source, state, note, addedAt, fault, shadowShare, shadowSince, looked, leftOut, failed } = set;
  const packs = set.packs.map(({ name, version, task, sha256, manifestSha256 }) => ({
    name,
    version,
    task,
    sha256,
    manifestSha256,
  }));
  const shadow = { share: shadowShare, since: shadowSince, looked, leftOut, failed };
  return { id, digest, source, state, note, addedAt, fault, shadow, packs };
}
