// Addresses of pictures that a page hands out: blurred for most, original for whoever reviews.
import type { Deps } from '../../deps.ts';
import { signLink } from '../../http/signed-link.ts';

export type PictureLinks = {
  readonly blurred: (hash: string) => string;
  readonly original: (hash: string) => string;
};

// Signed by the two-minute, so that a picture loaded ahead has the same address when it is shown.
const steadyMs = 120_000;

export function pictureLinks({ secrets, clock }: Pick<Deps, 'secrets' | 'clock'>): PictureLinks {
  const from = Math.floor(clock() / steadyMs) * steadyMs;
  return {
    blurred: (hash) => signLink(secrets.linkKey, `/pictures/${hash}`, from),
    original: (hash) => signLink(secrets.linkKey, `/pictures/${hash}/original`, from),
  };
}
