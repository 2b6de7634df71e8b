// A clock that stands still until a test moves it.

export type FakeClock = { readonly now: () => number; readonly pass: (ms: number) => void };

/** Starts at 2001-09-09T01:46:40Z: a round number that is plainly not today. */
export function fakeClock(start = 1_000_000_000_000): FakeClock {
  let at = start;
  return {
    now: () => at,
    pass: (ms) => {
      at += ms;
    },
  };
}
