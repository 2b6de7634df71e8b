// The time as an argument: unix milliseconds, UTC.

export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
