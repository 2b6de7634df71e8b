// An administrator changes the rules by which complaints are routed: a new version, with the reason.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import { routingVersions } from './routing-tables.ts';
import { readRules, rulesText } from './routing-text.ts';

/** The version's id. Throws Problem `invalid_input` with every line that cannot be read, and when no reason is given. */
export function changeRouting(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { text, reason }: { readonly text: string; readonly reason: string },
  caller: Caller,
): number {
  const { rules, faults } = readRules(text);
  const missing = reason.trim() === '' ? [{ place: '/reason', code: 'reason', detail: 'Say why.' }] : [];
  if (faults.length + missing.length > 0) throw new Problem('invalid_input', { faults: [...faults, ...missing] });
  return writeTransaction(db, () => {
    const at = clock();
    const { id } = db.orm
      .insert(routingVersions)
      .values({ rules: [...rules], reason: reason.trim(), accountId: caller.id, at })
      .returning({ id: routingVersions.id })
      .get();
    const body = { version: id, rules: sha256Hex(rulesText(rules)), reason: reason.trim(), by: caller.id };
    appendEntry(db, { kind: 'complaint-routing', subject: `routing/${id}`, body, at });
    return id;
  });
}
