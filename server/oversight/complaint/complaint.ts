// A complaint: what it may be about, how it goes from new to closed, and what tells a person from a program.

export const complaintKinds = ['foreign', 'spoiled', 'illness', 'expired', 'label', 'hygiene', 'other'] as const;
export type ComplaintKind = (typeof complaintKinds)[number];

/** How it came: from a lot's code, told to a clerk, or sent by another system. */
export const channels = ['code', 'phone12345', 'phone12315', 'letter', 'visit', 'api'] as const;
export type Channel = (typeof channels)[number];

export const complaintStates = ['new', 'looked', 'answered', 'closed'] as const;
export type ComplaintState = (typeof complaintStates)[number];

export const stepKinds = ['looked', 'answered', 'closed', 'linked', 'published', 'unpublished'] as const;
export type StepKind = (typeof stepKinds)[number];

const from: Readonly<Record<StepKind, readonly ComplaintState[]>> = {
  looked: ['new'],
  answered: ['new', 'looked', 'answered'],
  closed: ['new', 'looked', 'answered'],
  linked: ['new', 'looked', 'answered'],
  published: ['new', 'looked', 'answered', 'closed'],
  unpublished: ['new', 'looked', 'answered', 'closed'],
};

/** Whether the step can be taken now. */
export function mayTake(state: ComplaintState, step: StepKind): boolean {
  return from[step].includes(state);
}

/** The state after it; linking and publishing change none. */
export function stateAfter(state: ComplaintState, step: StepKind): ComplaintState {
  return step === 'looked' || step === 'answered' || step === 'closed' ? step : state;
}

export const complaintLimits = {
  leastWords: 5,
  mostWords: 2_000,
  mostPlace: 200,
  mostContact: 200,
  /** Who reports remembers this long. */
  oldestMs: 90 * 86_400_000,
  /** Nobody reads the form and writes a sentence in less; nobody leaves it open for longer. */
  fastestMs: 3_000,
  slowestMs: 12 * 3_600_000,
  /** Advertisements are made of links. */
  mostLinks: 1,
} as const;

export function linksIn(words: string): number {
  return words.match(/https?:\/\/|www\./gi)?.length ?? 0;
}
