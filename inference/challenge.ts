// Reads WWW-Authenticate headers as cameras write them (RFC 7235 §4.1): several in one, unquoted, with odd spaces.

export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
}

const mostChallenges = 8;
const longestHeader = 8192;

/** One header may hold several challenges: `Digest realm="a", nonce="b", Basic realm="c"`. */
export function readChallenges(header: string): Challenge[] {
  const found: { scheme: string; fields: Map<string, string> }[] = [];
  const text = header.slice(0, longestHeader);
  const token =
    /[\s,;]*(?:([A-Za-z][\w-]*)(?=\s+[A-Za-z][\w-]*\s*=|\s*,|\s*$)\s*,?\s*)?(?:([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.|"(?!\s*(?:[,;]|$|\s[\w-]+\s*=)))*)"?|'([^']*)'|([^\s,;"']*)))?/y;
  while (token.lastIndex < text.length && found.length < mostChallenges) {
    const match = token.exec(text);
    if (!match || match[0] === '') break;
    const [, scheme, name, quoted, single, plain] = match;
    if (scheme) found.push({ scheme: scheme.toLowerCase(), fields: new Map() });
    if (name) found.at(-1)?.fields.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? '');
  }
  return found;
}
