// Carries jobs through Redis with Bull: out on one queue, answers back on a second. The only file of the server that knows Bull.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { dropParcel, fetchParcel } from '../../inference/answer-parcel.ts';
import { type CarriedRow, type CarrierQueue, countWorkers, openCarrierQueue } from '../../inference/carrier-queue.ts';
import { type Carrier, readTicket, type Ticket, ticketOf } from './carrier.ts';
import { openKnownWorkers } from './known-workers.ts';
import type { Queue } from './queue.ts';

export type BullOptions = {
  readonly url: string;
  readonly prefix: string;
  /** What opens the workers' signs of life. */
  readonly key: Buffer;
  /** The record: rows with leases. */
  readonly outbox: Pick<Queue, 'extend'>;
  /** Works an answer off; throws to be given it again. A repeat must change nothing. */
  readonly onAnswer: (ticket: Ticket, body: string | Buffer) => Promise<void> | void;
  readonly log: Pick<Logger, 'warn'>;
  /** How long a job stays with the carrier without a sign of it. */
  readonly leaseMs: number;
  readonly sweepMs?: number;
};

const sweepEveryMs = 2_000;
const commandMs = 5_000;
const closeMs = 3_000;
const answersAtOnce = 4;
const perWorker = 64;
/** A job that is gone without an answer this often is left to its lease, and so to its last try. */
const mostAgain = 3;

type Out = { readonly job: Ticket; readonly body: string; again: number; sentAt: number; stuck: number };
type Asked = { readonly ticket: string; readonly body: string | Buffer };
type Waiting = (answer: Asked) => void;

export function openBullCarrier(options: BullOptions): Carrier {
  return new BullCarrier(options);
}

class BullCarrier implements Carrier {
  readonly #options: BullOptions;
  readonly #say: (error: unknown) => void;
  readonly #jobs: CarrierQueue;
  readonly #answers: CarrierQueue;
  readonly #out = new Map<string, Out>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #receiving: Set<Promise<void>>;
  readonly #sweeps: Repeated;
  readonly #known = openKnownWorkers();
  #workers = 0;

  constructor(options: BullOptions) {
    this.#options = options;
    this.#say = sayOnce(options.log);
    this.#jobs = openCarrierQueue(options.url, options.prefix, 'jobs', this.#say);
    this.#answers = openCarrierQueue(options.url, options.prefix, 'answers', this.#say);
    this.#receiving = workOff(this.#answers, this.#say, (ticket, body) => this.#receive(ticket, body));
    const sweep = () => this.#jobs.isReady().then(() => this.#sweep());
    this.#sweeps = repeat(sweep, options.sweepMs ?? sweepEveryMs, this.#say);
  }

  async reached(ms: number): Promise<void> {
    await within(this.#sweeps.last(), ms).catch(this.#say);
  }

  async carry(job: Ticket, body: string): Promise<void> {
    const ticket = ticketOf(job);
    const before = ticketOf({ ...job, fence: job.fence - 1 });
    this.#out.set(ticket, { job, body, again: 0, sentAt: performance.now(), stuck: 0 });
    // Whoever lost this row's last lease may still wait for a worker: that trip is pointless now.
    this.#out.delete(before);
    // What Redis does not take now, the next sweep sends: the lease is held either way.
    await send(this.#jobs, ticket, body).catch(this.#say);
    await remove(this.#jobs, before).catch(this.#say);
  }

  ask(bodyOf: (ticket: string) => string, withinMs: number): Promise<Asked | undefined> {
    const ticket = `ask-${randomUUID()}`;
    return new Promise((resolve) => {
      const finish = (answer?: Asked) => {
        clearTimeout(late);
        this.#waiting.delete(ticket);
        resolve(answer);
      };
      const late = setTimeout(() => {
        finish();
        remove(this.#jobs, ticket).catch(this.#say);
      }, withinMs);
      this.#waiting.set(ticket, finish);
      send(this.#jobs, ticket, bodyOf(ticket)).catch(() => finish());
    });
  }

  hasRoom(): boolean {
    return isUp(this.#jobs) && this.#workers > 0 && this.#out.size < this.#workers * perWorker;
  }

  state() {
    const connected = isUp(this.#jobs);
    return { connected, workers: connected ? this.#workers : 0, carried: this.#out.size };
  }

  known() {
    return this.#known.list();
  }

  async close(): Promise<void> {
    this.#sweeps.stop();
    const inHand = [this.#sweeps.last(), this.#answers.isReady(), ...this.#receiving];
    await within(Promise.allSettled(inHand), closeMs).catch(this.#say);
    // Bull waits for its own blocked reads, which takes a second or two; torn away from them it leaves rejections behind.
    const closing = [this.#answers, this.#jobs].map((queue) => queue.close(!isUp(queue)));
    await within(Promise.all(closing), closeMs).catch(this.#say);
  }

  async #receive(ticket: string, said: string): Promise<void> {
    const job = readTicket(ticket);
    const body = await within(fetchParcel(this.#answers, ticket, said), commandMs);
    if (job !== undefined) await this.#options.onAnswer(job, body);
    this.#waiting.get(ticket)?.({ ticket, body });
    this.#out.delete(ticket);
    await within(dropParcel(this.#answers, ticket), commandMs);
  }

  async #sweep(): Promise<void> {
    if (!isUp(this.#jobs)) {
      this.#workers = 0;
      return;
    }
    this.#workers = await within(countWorkers(this.#jobs), commandMs);
    await within(this.#known.listen(this.#jobs, this.#options.key), commandMs);
    const parts = { jobs: this.#jobs, answers: this.#answers, out: this.#out, options: this.#options };
    for (const [ticket, held] of this.#out) await holdOrSendAgain(parts, ticket, held);
  }
}

type Repeated = { readonly last: () => Promise<void>; readonly stop: () => void };

/** Now and then every so many ms; one that is still at it is not joined by another. */
function repeat(work: () => Promise<void>, everyMs: number, say: (error: unknown) => void): Repeated {
  let running = false;
  let last: Promise<void> = Promise.resolve();
  const once = (): void => {
    if (running) return;
    running = true;
    last = work()
      .catch(say)
      .finally(() => {
        running = false;
      });
  };
  once();
  const timer = setInterval(once, everyMs);
  return { last: () => last, stop: () => clearInterval(timer) };
}

type Receive = (ticket: string, body: string) => Promise<void>;

/** Hands every answer over; what is returned holds those in hand. */
function workOff(answers: CarrierQueue, say: (error: unknown) => void, receive: Receive): Set<Promise<void>> {
  const inHand = new Set<Promise<void>>();
  answers
    .process(answersAtOnce, (answer) => {
      const done = receive(String(answer.id), answer.data.body).finally(() => inHand.delete(done));
      inHand.add(done);
      return done;
    })
    .catch(say);
  return inHand;
}

type SweepParts = {
  readonly jobs: CarrierQueue;
  readonly answers: CarrierQueue;
  readonly out: Map<string, Out>;
  readonly options: BullOptions;
};

/** What waits or is being looked at keeps its lease; what Redis lost is sent again under the same ticket. */
async function holdOrSendAgain(parts: SweepParts, ticket: string, held: Out): Promise<void> {
  const { jobs, answers, out, options } = parts;
  // In this order: an answer is there before its job is gone.
  const known =
    (await within(jobs.getJob(ticket), commandMs)) ?? (await within(answers.getJob(ticket), commandMs)) ?? undefined;
  if (!out.has(ticket)) return;
  if (known === undefined || (await isCleared(known, held, options.leaseMs))) {
    if (held.again >= mostAgain) {
      out.delete(ticket);
      return;
    }
    held.again++;
    held.sentAt = performance.now();
    await send(jobs, ticket, held.body);
  }
  // A row that is no longer ours has been given to someone else, or has ended.
  if (!options.outbox.extend(held.job, options.leaseMs)) out.delete(ticket);
}

/**
 * True once a row that lies in no list has been taken away: a Redis that was wiped under a worker leaves one, nobody takes
 * it, and it would keep its lease for ever. A job that changes lists while it is asked about looks alike, but not twice.
 */
async function isCleared(known: CarriedRow, held: Out, afterMs: number): Promise<boolean> {
  if (performance.now() - held.sentAt < afterMs) return false;
  held.stuck = (await within(known.getState(), commandMs)) === 'stuck' ? held.stuck + 1 : 0;
  if (held.stuck < 2) return false;
  held.stuck = 0;
  // A worker that has it in hand all the same holds it locked.
  return within(known.remove(), commandMs).then(
    () => true,
    () => false,
  );
}

/** Bull adds nothing when a job of this id is there. */
async function send(jobs: CarrierQueue, ticket: string, body: string): Promise<void> {
  await within(jobs.add({ body }, { jobId: ticket }), commandMs);
}

/** One that a worker has in hand cannot be taken away, and its answer will be refused. */
async function remove(jobs: CarrierQueue, ticket: string): Promise<void> {
  const job = await within(jobs.getJob(ticket), commandMs);
  await job?.remove().catch(() => undefined);
}

function isUp(queue: CarrierQueue): boolean {
  return queue.client.status === 'ready';
}

/** Throws when Redis does not answer in time: its commands would wait for it for ever. */
async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A Redis that is away fails at every try; the log hears of each trouble once a minute. */
function sayOnce(log: BullOptions['log']): (error: unknown) => void {
  const quietMs = 60_000;
  const said = new Map<string, number>();
  return (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    const now = performance.now();
    if (now - (said.get(reason) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    if (said.size > 100) said.clear();
    said.set(reason, now);
    log.warn({ reason }, 'the carrier has trouble');
  };
}
