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

export type Agreement = {
  readonly pairs: number;
  readonly kappa: number | undefined;
  readonly low: number;
  readonly high: number;
};

const z95 = 1.959964;

/** Kappa with its large-sample 95 % interval (Fleiss, Cohen and Everitt 1969); −1 to 1 where it has no meaning. */
export function agreementOf(pairs: readonly JudgedPair[]): Agreement {
  const value = kappa(pairs);
  if (value === undefined) return { pairs: pairs.length, kappa: undefined, low: -1, high: 1 };
  const words = [...new Set(pairs.flat())];
  const share = (holds: (pair: JudgedPair) => boolean) => pairs.filter(holds).length / pairs.length;
  const rows = words.map((word) => share(([first]) => first === word));
  const columns = words.map((word) => share(([, second]) => second === word));
  const byChance = rows.reduce((sum, row, index) => sum + row * (columns[index] ?? 0), 0);
  let spread = -((value - byChance * (1 - value)) ** 2);
  for (const [i, first] of words.entries()) {
    for (const [j, second] of words.entries()) {
      const here = share((pair) => pair[0] === first && pair[1] === second);
      const factor =
        i === j
          ? (1 - ((rows[i] ?? 0) + (columns[i] ?? 0)) * (1 - value)) ** 2
          : ((1 - value) * ((columns[i] ?? 0) + (rows[j] ?? 0))) ** 2;
      spread += here * factor;
    }
  }
  const half = z95 * Math.sqrt(Math.max(0, spread) / (pairs.length * (1 - byChance) ** 2));
  return { pairs: pairs.length, kappa: value, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}
