// How far a check is: what it is at, and how much of that is done.

export const phases = ['entries', 'replay', 'rows', 'pictures', 'moved', 'file'] as const;
export type Phase = (typeof phases)[number];

/** Told often; whoever shows it decides how often that is worth a line. */
export type Progress = (phase: Phase, done: number, total: number) => void;
