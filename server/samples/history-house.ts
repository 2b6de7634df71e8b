// What playing the sample history needs: the house with its clock set back, who does what, and what was made so far.
import type { PlaceName } from '../../samples/district/places.ts';
import type { Caller } from '../accounts/caller.ts';
import type { Deps } from '../deps.ts';

export type HistoryHouse = {
  readonly deps: Deps;
  /** Unix ms of what happens now; `deps.clock` says the same. */
  readonly clock: { now: number };
  readonly people: {
    readonly admin: Caller;
    readonly inspector: Caller;
    readonly reviewers: readonly [Caller, Caller];
  };
  readonly ownerOf: (kitchen: PlaceName) => Caller;
  /** Camera that the history of a kitchen is told about. */
  readonly cameras: Map<PlaceName, number>;
  /** By the key of the sighting. */
  readonly flags: Map<string, number>;
  readonly orders: Map<string, number>;
  readonly complaints: Map<string, number>;
  readonly recalls: Map<string, number>;
};
