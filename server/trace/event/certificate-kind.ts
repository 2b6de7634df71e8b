// The kinds of certificates that follow a lot.
export const certificateKinds = ['quarantine', 'quality', 'laboratory', 'customs', 'other'] as const;
