// Keeps how it stands with a district's server: when it answered, and what is wrong.
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';

type ContactDeps = Pick<Deps, 'db' | 'clock'>;

export const serverFaults = ['unreachable', 'token', 'answer', 'signature', 'foreign', 'subscription'] as const;
export type ServerFaultCode = (typeof serverFaults)[number];

export function keepFault({ db, clock }: ContactDeps, id: number, fault: ServerFaultCode, detail: string): void {
  writeTransaction(db, () =>
    db.sqlite
      .prepare(
        `INSERT INTO federated_contact (server_id, fault, fault_detail, fault_at) VALUES (@id, @fault, @detail, @at)
         ON CONFLICT (server_id) DO UPDATE SET fault = @fault, fault_detail = @detail, fault_at = @at`,
      )
      .run({ id, fault, detail: detail.slice(0, 300), at: clock() }),
  );
}

/** It answered: what kept it from answering is over. What it did wrong with events stays said. */
export function keepAnswered({ db, clock }: ContactDeps, id: number, subscription: string): void {
  writeTransaction(db, () =>
    db.sqlite
      .prepare(
        `INSERT INTO federated_contact (server_id, subscription, answered_at) VALUES (@id, @subscription, @at)
         ON CONFLICT (server_id) DO UPDATE SET subscription = @subscription, answered_at = @at, again = 0,
           fault = CASE WHEN fault IN ('unreachable', 'token', 'answer', 'subscription') THEN NULL ELSE fault END`,
      )
      .run({ id, subscription, at: clock() }),
  );
}
