// When each session was last used, in memory: a disk that takes no write must not close anybody out.
import { prepared } from '../../store/db.ts';

// More sessions at once than a city has people at work.
const mostRemembered = 20_000;

export type LastSeen = {
  /** Undefined for a session that was not used since the start. */
  readonly at: (hash: string) => number | undefined;
  /** For how long it has lain unused, as far as this start knows: one from before counts from the first question. */
  readonly quietMs: (hash: string, now: number) => number;
  readonly note: (hash: string, at: number) => void;
};

/** Empty after a start: a session then shows when it was opened. */
export const lastSeen = prepared((): LastSeen => {
  const times = new Map<string, number>();
  let firstAskedAt: number | undefined;
  return {
    at: (hash) => times.get(hash),
    quietMs(hash, now) {
      firstAskedAt ??= now;
      return now - (times.get(hash) ?? firstAskedAt);
    },
    note: (hash, at) => {
      // The one that was not used for longest stands first.
      times.delete(hash);
      times.set(hash, at);
      if (times.size <= mostRemembered) return;
      const [oldest] = times.keys();
      if (oldest !== undefined) times.delete(oldest);
    },
  };
});
