// The time as an argument: unix milliseconds, UTC.

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
