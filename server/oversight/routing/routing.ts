// Where a complaint goes: the first rule of which a word is in the text, or that names the kind.

export const firsts = ['shop', 'inspector'] as const;
export const urgencies = ['at_once', 'day', 'routine'] as const;
export type Urgency = (typeof urgencies)[number];

export type RoutingRule = {
  readonly desk: string;
  readonly deskEn: string;
  /** Who is asked first when the one who complains agrees to it; what may make people ill is an inspector's at once. */
  readonly first: (typeof firsts)[number];
  readonly urgency: Urgency;
  /** Kinds of complaints, and words in their text; either is enough. */
  readonly kinds: readonly string[];
  readonly words: readonly string[];
};

export type Routed = {
  readonly rule: RoutingRule;
  /** Its place among the rules, from 1. */
  readonly number: number;
  /** The word that was found; null: the kind alone decided. */
  readonly word: string | null;
};

/** Words go before kinds: what somebody wrote says more than what they ticked. The last rule takes what no other does. */
export function routeComplaint(
  rules: readonly RoutingRule[],
  { kind, words }: { readonly kind: string; readonly words: string },
): Routed | undefined {
  const text = plain(words);
  for (const [index, rule] of rules.entries()) {
    const word = rule.words.find((each) => text.includes(plain(each)));
    if (word !== undefined) return { rule, number: index + 1, word };
  }
  const index = rules.findIndex(({ kinds }) => kinds.includes(kind));
  const rule = rules[index] ?? rules.at(-1);
  return rule && { rule, number: index < 0 ? rules.length : index + 1, word: null };
}

/** Full-width letters and capitals are the same letters. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
