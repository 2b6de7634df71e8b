// What a check of the ledger that was started from its page has found so far.
export type LedgerCheckState =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly startedAt: number; readonly read: number; readonly size: number }
  | { readonly state: 'failed'; readonly at: number }
  | {
      readonly state: 'done';
      readonly at: number;
      readonly size: number;
      readonly tookMs: number;
      readonly faults: readonly { readonly place: string; readonly detail: string }[];
    };

/** `start` does nothing while a check runs. */
export type LedgerCheck = { readonly now: () => LedgerCheckState; readonly start: () => void };
