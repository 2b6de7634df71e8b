// The contract of a carrier: it takes leased jobs of the queue to other machines and brings their answers back. The row
// in the queue stays the record; what the carrier loses is carried again.
import type { KnownWorker } from './known-workers.ts';
import type { LeasedJob } from './queue.ts';

/** A job of the queue on its way: with an older fence its answer is refused. */
export type Ticket = Pick<LeasedJob, 'id' | 'fence'>;

export type CarrierState = {
  readonly connected: boolean;
  /** Worker processes that take jobs. */
  readonly workers: number;
  /** Jobs out and not answered. */
  readonly carried: number;
};

export type Carrier = {
  /** Waits until Redis has answered, but no longer than this: then its absence is in the log, and it is waited for further. */
  reached(ms: number): Promise<void>;
  /** Sends it out once, however often it is asked to, and holds its lease until the answer. */
  carry(job: Ticket, body: string): Promise<void>;
  /** Sends something nobody keeps a row of; undefined when no answer came in time. */
  ask(
    body: (ticket: string) => string,
    withinMs: number,
  ): Promise<{ ticket: string; body: string | Buffer } | undefined>;
  /** Whether one more job may go out now: connected, with a worker, and not too many out already. */
  hasRoom(): boolean;
  state(): CarrierState;
  /** Every worker that has given a sign within a day, by name. */
  known(): readonly KnownWorker[];
  close(): Promise<void>;
};

/** How a job is called on its way, in Redis and inside its seal. */
export function ticketOf({ id, fence }: Ticket): string {
  return `${id}.${fence}`;
}

/** Undefined for what was never a row of the queue. */
export function readTicket(text: string): Ticket | undefined {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text);
  return match ? { id: Number(match[1]), fence: Number(match[2]) } : undefined;
}

/** The way to the workers, and the key that seals what goes there. */
export type Machines = { readonly carrier: Carrier; readonly key: Buffer };
