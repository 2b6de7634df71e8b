// What a set of packs is: its states, its limits, how it is told from another.
import { createHash } from 'node:crypto';

export const setSources = ['shipped', 'candidate'] as const;
export type SetSource = (typeof setSources)[number];

/** candidate: waits; shadow: looks beside the active one; active: looks; retired: looked once, or was set aside. */
export const setStates = ['candidate', 'shadow', 'active', 'retired'] as const;
export type SetState = (typeof setStates)[number];

export const setStepKinds = [
  'added',
  'shadow_started',
  'shadow_ended',
  'promoted',
  'rolled_back',
  'retired',
  /** It could not be opened, and the one before it looks on. */
  'fell_back',
] as const;
export type SetStepKind = (typeof setStepKinds)[number];

export const setLimits = {
  /** Sets kept in all; the oldest that never looked has to go before another comes. */
  mostSets: 200,
  /** Files of one upload. */
  mostFiles: 40,
  /** Bytes of one upload through the page; the command line takes what a pack may have. */
  mostUploadBytes: 32 * 1024 * 1024,
  longestNote: 200,
  longestReason: 500,
  shortestReason: 4,
} as const;

/** The same packs give the same digest, in whatever order they come. */
export function setDigest(manifestHashes: readonly string[]): string {
  return createHash('sha256')
    .update([...manifestHashes].sort().join('\n'))
    .digest('hex');
}

/** What may become of a set. */
export const nextStates: Readonly<Record<SetState, readonly SetState[]>> = {
  candidate: ['shadow', 'active', 'retired'],
  shadow: ['candidate', 'active', 'retired'],
  active: ['retired'],
  retired: ['shadow', 'active'],
};
