// Every table there is, and what vouches for it: the one list that the journal, the check and its test go by.
import type { ProvedTable } from '../ledger/proved-table.ts';
import { graphRules } from '../trace/capture/graph-rules.ts';
import { provedHouse } from './proved-house.ts';
import { provedKitchen } from './proved-kitchen.ts';
import { provedOversight } from './proved-oversight.ts';
import { provedTrace } from './proved-trace.ts';

export const everyTable: readonly ProvedTable[] = [
  // By other rules the same documents make other rows: then how they stand is said anew.
  ...provedTrace.map((table) => (table.by === 'both' || table.asItStood ? { ...table, rules: graphRules } : table)),
  ...provedKitchen,
  ...provedOversight,
  ...provedHouse,
];

const byName = new Map(everyTable.map((table) => [table.table, table]));

export function provedTable(name: string): ProvedTable {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`The table ${name} is not in the list of what vouches for it.`);
  return found;
}
