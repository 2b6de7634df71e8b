// Compares ledger entries of model packs with the files that are kept: what `verify` does for them.
import { z } from 'zod';
import type { EvidenceCheck } from '../../ledger/verify.ts';
import { type BlobStore, sha256Hex } from '../../store/blobs.ts';

const addedBody = z.object({
  kind: z.literal('added'),
  packs: z.array(z.object({ name: z.string(), sha256: z.string(), manifestSha256: z.string() })),
});

/** A pack that was added is kept for as long as its set is: flags name it. */
export function packsAsAdded(blobs: BlobStore): Readonly<Record<string, EvidenceCheck>> {
  return {
    'pack-set': (entry) => {
      const body = addedBody.safeParse(JSON.parse(entry.body));
      if (!body.success) return [];
      return body.data.packs.flatMap(({ name, sha256, manifestSha256 }) =>
        [manifestSha256, sha256].flatMap((hash) => {
          const bytes = blobs.get(hash);
          if (bytes === undefined) return [`A file of ${name} is gone: ${hash}.`];
          return sha256Hex(bytes) === hash ? [] : [`A file of ${name} is not what was added: ${hash}.`];
        }),
      );
    },
  };
}
