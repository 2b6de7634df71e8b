// The number of the rules by which documents become rows of the graph.

/**
 * Raise it with every change after which the same document makes other rows. The ledger keeps it with each capture: what was
 * captured under other rules cannot be built again by these, and `verify` says so instead of crying out.
 */
export const graphRules = 3;
