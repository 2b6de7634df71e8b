// Reasons that recalls often have, each with its usual grade: what is chosen fills the form, and a person changes it.
export const recallReasons = {
  pathogen: 1,
  allergen: 1,
  foreign: 2,
  residue: 2,
  additive: 2,
  spoiled: 2,
  source: 2,
  label: 3,
} as const satisfies Record<string, 1 | 2 | 3>;

export type RecallReason = keyof typeof recallReasons;

export function isRecallReason(name: string): name is RecallReason {
  return Object.hasOwn(recallReasons, name);
}
