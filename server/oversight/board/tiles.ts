// The map behind the plane: tiles of the operator's own server, shown on the board alone and allowed there alone.
import type { Tiles } from '../../../views/oversight/board/plane.tsx';
import type { Config } from '../../config.ts';

export const boardPath = '/board';

/** Undefined: the operator has set none, and the plane stays plain. */
export function tilesOf({ tileUrl, tileCredit }: Pick<Config, 'tileUrl' | 'tileCredit'>): Tiles | undefined {
  return tileUrl === undefined ? undefined : { url: tileUrl, credit: tileCredit ?? '' };
}

export function tileOrigin({ tileUrl }: Pick<Config, 'tileUrl'>): string | undefined {
  return tileUrl === undefined ? undefined : new URL(tileUrl).origin;
}
