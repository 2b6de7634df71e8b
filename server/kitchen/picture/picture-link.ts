// Addresses of pictures that a page hands out, each for one purpose: to see, to judge, or opened with a reason.
import type { Deps } from '../../deps.ts';
import { signLink } from '../../http/signed-link.ts';

export type PictureLinks = {
  /** As whoever holds the address may see it: never sharp. */
  readonly shown: (hash: string) => string;
  /** A flag's own frame, sharp, for the one account that judges it. */
  readonly judging: (flagId: number, accountId: number) => string;
  /** Sharp, for an inspector who has just written down why. */
  readonly opened: (hash: string) => string;
};

// Signed by the two-minute, so that a picture loaded ahead has the same address when it is shown.
const steadyMs = 120_000;

export function pictureLinks({ secrets, clock }: Pick<Deps, 'secrets' | 'clock'>): PictureLinks {
  const from = Math.floor(clock() / steadyMs) * steadyMs;
  const signed = (path: string) => signLink(secrets.linkKey, path, from);
  return {
    shown: (hash) => signed(`/pictures/${hash}`),
    judging: (flagId, accountId) => signed(`/flags/${flagId}/pictures/${accountId}`),
    opened: (hash) => signed(`/pictures/${hash}/original`),
  };
}
