// Wall and processor time of a piece of work: on a machine that others use, the second is the program's own.
import { performance } from 'node:perf_hooks';

export type Spent = { readonly wallMs: number; readonly processorMs: number };

/** Begins now; each call says what was spent since. */
export function stopwatch(): () => Spent {
  const from = { wall: performance.now(), cpu: process.cpuUsage() };
  return () => {
    const { user, system } = process.cpuUsage(from.cpu);
    return { wallMs: performance.now() - from.wall, processorMs: (user + system) / 1_000 };
  };
}

export function processorOf({ processorMs }: Spent): string {
  return `processor ${Math.round(processorMs)} ms`;
}
