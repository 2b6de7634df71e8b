// When each session was last used, in memory: a disk that takes no write must not close anybody out.
import { prepared } from '../../store/db.ts';

// More sessions at once than a city has people at work.
const mostRemembered = 20_000;

export type LastSeen = {
  readonly at: (hash: string) => number | undefined;
  readonly note: (hash: string, at: number) => void;
};

/** Empty after a start: a session then shows when it was opened. */
export const lastSeen = prepared((): LastSeen => {
  const times = new Map<string, number>();
  return {
    at: (hash) => times.get(hash),
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
