// The one number that names an event's strand.
// A strand is at most 65,535 (one event names at most 20,000 things), so a step is exact up to 2^37 events.
export const strandSpan = 65_536;

export function stepOf(eventId: number, strand: number): number {
  return eventId * strandSpan + strand;
}

export function eventOfStep(step: number): number {
  return Math.floor(step / strandSpan);
}

/** Whether everything that went into the step may be in everything that came out. */
export function isMixing(step: number): boolean {
  return step % strandSpan === 0;
}
