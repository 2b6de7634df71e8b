// How far two reviewers agree beyond chance: Cohen's kappa over flags that both judged blind.

export type JudgedPair = readonly [first: string, second: string];

/** Cohen 1960. Undefined without pairs, or when both always say one same thing and chance alone explains it. */
export function kappa(pairs: readonly JudgedPair[]): number | undefined {
  if (pairs.length === 0) return undefined;
  const agreed = pairs.filter(([first, second]) => first === second).length / pairs.length;
  const words = new Set(pairs.flat());
  let byChance = 0;
  for (const word of words) {
    const first = pairs.filter((pair) => pair[0] === word).length / pairs.length;
    const second = pairs.filter((pair) => pair[1] === word).length / pairs.length;
    byChance += first * second;
  }
  return byChance >= 1 ? undefined : (agreed - byChance) / (1 - byChance);
}
