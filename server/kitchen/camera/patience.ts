// How often somebody may have a camera asked, and how long an answer takes: or asking becomes a port scanner.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { SampleFaultCode } from '../../../inference/types.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { toldFault } from './camera-fault.ts';

const asksPerMinute = 6;
/**
 * Forbidden is known at once, refused in a moment, silence after ten seconds: told as one, they take one time too. Longer
 * than a connection is waited for.
 */
const unreachableMs = 11_000;

export type Patience = {
  /** Throws Problem: 429 after six in a minute. */
  readonly take: (caller: Caller) => Promise<void>;
  /** Waits out the time since `from` (as performance.now) where the fault must not show by it. */
  readonly fill: (caller: Caller, fault: SampleFaultCode, from: number) => Promise<void>;
};

export function openPatience({ wait = sleep }: Pick<Deps, 'wait'>): Patience {
  const limiter = new RateLimiterMemory({ points: asksPerMinute, duration: 60 });
  return {
    async take(caller) {
      try {
        await limiter.consume(caller.id);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const seconds = Math.ceil(error.msBeforeNext / 1000);
        throw new Problem('too_many_requests', {
          detail: `Test again in ${seconds} s.`,
          headers: { 'retry-after': String(seconds) },
        });
      }
    },
    async fill(caller, fault, from) {
      if (caller.role !== 'admin' && toldFault(fault) === 'unreachable')
        await wait(unreachableMs - (performance.now() - from));
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
