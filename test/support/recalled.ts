// A recall of one lot after some events, asked by lot and place, with the findings beside it.
import { expect } from 'vitest';
import { checkChain } from '../../server/trace/finding/check-chain.ts';
import { openFindings } from '../../server/trace/finding/finding-store.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { recallScopeOf } from '../../server/trace/scope/recall-scope-store.ts';
import { type Json, openChainHouse } from './cast.ts';

export function recallOf(lot: string, list: readonly Json[]) {
  const house = openChainHouse();
  const answer = house.capture(list);
  expect([answer.refused, answer.accepted]).toEqual([0, list.length]);
  const { rows } = recallScopeOf(house.db, lotByCode(house.db, lot)?.id ?? 0);
  const name = house.db.sqlite.prepare('SELECT l.code, s.id AS site FROM lot l, site s WHERE l.id = ? AND s.key = ?');
  const named = rows.map((row) => ({
    ...row,
    ...(name.get(row.lotId, row.siteKey) as { code: string; site: string }),
  }));
  const at = (code: string, site: string) => named.find((row) => row.code === code && row.site === site);
  const findings = () => {
    checkChain(house);
    return openFindings(house.db, { limit: 50 });
  };
  return { at, named, findings };
}
