// What keyboards, phones and messages put around a code, taken away, and every spelling of its separator made one.

/** No code that people send is longer. */
export const longestInput = 2_048;

/** Zero-width and direction marks, soft hyphens, variation selectors: nobody sees them, and copied text is full of them. */
export function withoutInvisible(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').trim();
}

/** Letters, digits and marks of a Chinese keyboard as ASCII, but for the punctuation that ends a sentence. */
export function halfWidth(text: string): string {
  return text
    .replace(/\u3000/gu, ' ')
    .replace(/[\uff02-\uff0b\uff0d-\uff1a\uff1c-\uff1e\uff20-\uff5e]/gu, (found) =>
      String.fromCharCode(found.charCodeAt(0) - 0xfee0),
    );
}

/** `“…”`, `「…」`, `<…>` around the whole. */
export function withoutQuotes(text: string): string {
  const inner = /^(?:["'`“”‘’«»‹›「『《〈]+)(.+?)(?:["'`“”‘’«»‹›」』》〉]+)$/su.exec(text)?.[1];
  return inner === undefined ? text : inner.trim();
}

const separatorNames =
  'GS1?|FNC1|F8|F12|0x1D|(?:ASCII|CHR|ALT)?\\s*[+(]?\\s*0{0,2}29\\)?|(?:CTRL|CONTROL)\\s*[+-]?\\s*\\]|\\^\\]|ALT\\s*\\+\\s*0?29';

/** FNC1 as people's devices spell it out: names in brackets, escapes, the pictures of the character, Ctrl+] as text. */
const spelledSeparators = new RegExp(
  [
    `[<{[(【〔〈《「](?:${separatorNames})[>}\\])】〕〉》」]`,
    '(?:CTRL|CONTROL)\\s*[+-]?\\s*\\]',
    '\\\\x1d|\\\\u001d|\\\\035|%1D|&#(?:29|x1d);|\\^\\]|[␝↔]',
  ].join('|'),
  'giu',
);

/**
 * What a keyboard makes of a separator that is also a character of batches: a key's name, an encoder's escape, a mark. Only where
 * what follows speaks for itself is it one, and it is asked about.
 */
export const perhapsSeparators =
  /(?:F8|F12|GS|FNC1|0x1D|Alt\s*\+?\s*0?29|~(?:d?0?29|1)|<GS1>|[!"%&'()*+,\-./:;<=>?_^]+)(?=\d\d)/giu;

/** Tabs and line ends within a code, file, group, record and unit separators (28 to 31), and the end of a transmission (4). */
const controlMarks: Readonly<Record<number, string>> = {
  4: '',
  9: '^',
  10: '^',
  13: '^',
  28: '^',
  29: '^',
  30: '^',
  31: '^',
};

/** What begins a symbol that holds GS1 data in the envelope of ISO/IEC 15434. */
const envelope = /^\[\)>\s*\^*05\^/u;

/** Printable ASCII that no GS1 value holds: where a keyboard sends one of these, it means the separator. */
const strangers = /(?<=[^^])[\]|~\\`$@#[{}]|^[\]|~\\`$@#[{}](?=0[012]\d{14}|")/gu;

/** Beyond ASCII, what is neither letter nor digit: no value of GS1 and no batch that people write holds it. */
const foreignMarks = /(?<=[^^])[^ -~\p{L}\p{N}\p{M}]+/gu;

/** Element data with `^` for each separator; spaces are left as they are. */
export function withCarets(text: string): string {
  return text
    .replace(/\p{Cc}/gu, (mark) => controlMarks[mark.charCodeAt(0)] ?? mark)
    .replace(envelope, '')
    .replace(spelledSeparators, '^')
    .replace(strangers, '^')
    .replace(foreignMarks, '^')
    .replace(/(?:\s*\^\s*)+/gu, '^')
    .replace(/\^+$/u, '')
    .trim();
}

/** Text with brackets, without the marks that a device sends at the end of an element as well. */
export function withoutSeparators(text: string): string {
  return text
    .replace(spelledSeparators, '')
    .replace(/\p{Cc}/gu, (mark) => (mark.charCodeAt(0) in controlMarks && !/\s/u.test(mark) ? '' : mark))
    .replace(/\^+(?=\s*(?:\(\d{2,4}\)|$))/gu, '')
    .trim();
}

/** The second of two whole codes that ran into one field, of which only one would be read; the same code twice is one. */
export function secondCode(given: string): string | undefined {
  const text = given.replace(/[[{<【〔「《〈]/gu, '(').replace(/[\]}>】〕」》〉]/gu, ')');
  const products = [...text.matchAll(/\(\s*01\s*\)\s*\d[\d ]{7,20}/gu)];
  const links = [...given.matchAll(/https?:\/\/[^\s/?#]+\/(?:[^\s/?#]+\/)*?01\/\d{8,14}(?=[/?#])/giu)];
  const ends = (piece: string) => piece.replace(/[,;，；、。]+$/u, '');
  const spelled = piecesAt(text, products).map((piece) => ends(piece.replace(/\s+/gu, '').replace(/[^ -~].*$/su, '')));
  const linked = piecesAt(given, links).map((piece) => ends(piece.replace(/[\s，；、。].*$/su, '')));
  for (const [first, ...more] of [spelled, linked]) {
    const other = more.find((piece) => piece !== first);
    if (other !== undefined) return other.slice(0, 80);
  }
  return undefined;
}

function piecesAt(text: string, found: readonly RegExpExecArray[]): string[] {
  return found.map(({ index }, at) => text.slice(index, found[at + 1]?.index));
}

export type Symbology = { readonly form: 'gs1' | 'plain'; readonly data: string };

/** ISO/IEC 15424 identifiers that scanners put before the data; undefined where there is none. */
export function symbologyOf(text: string): Symbology | undefined {
  const [, name = '', data = ''] = /^\](\p{L}\w)(.*)$/su.exec(text) ?? [];
  if (name === '') return undefined;
  // A keyboard may lose the case: E0 is a GTIN, e0 an element string.
  const isTradeNumber = /^e[0-4]$/iu.test(name) && /^(?:\d{8}|\d{12,13})$/u.test(data);
  const isGs1 = /^(?:c1|e[0-3]|d2|q3|j1|l2)$/iu.test(name) && !isTradeNumber;
  return { form: isGs1 ? 'gs1' : 'plain', data };
}

const pairs: Readonly<Record<string, string>> = {
  '【': '】',
  '〔': '〕',
  '〖': '〗',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '[': ']',
  '{': '}',
  '<': '>',
  '(': ')',
};
const opening = '[\\[{<(【〔〖「『《〈]';
const firstElement = new RegExp(`(${opening})\\s*(\\d{2,4})\\s*[\\]}>)】〕〗」』》〉]`, 'u');

/**
 * The part of a text that is written with brackets around identifiers, in round brackets: `【01】069…【10】A` in the middle of
 * a message too. Undefined where no bracket holds a number that `isIdentifier` knows.
 */
export function bracketedPart(text: string, isIdentifier: (ai: string) => boolean): string | undefined {
  const found = firstElement.exec(text);
  const [open = '', ai = ''] = found?.slice(1) ?? [];
  if (found === null || pairs[open] !== found[0].at(-1) || !isIdentifier(ai)) return undefined;
  // In the middle of a word the bracket belongs to it: batches may hold some.
  if (/[!-9;-~]$/u.test(text.slice(0, found.index))) return undefined;
  const close = pairs[open] ?? '';
  // Each element on a line of its own, or with a Chinese comma before the next, is one code all the same.
  const again = new RegExp(`(?:[\\s，、；]|,(?=\\s))+(?=${escaped(open)}\\s*\\d{2,4}\\s*${escaped(close)})`, 'gu');
  const part = endOfPart(text.slice(found.index).replace(again, ' '));
  const each = new RegExp(`${escaped(open)}\\s*(\\d{2,4})\\s*${escaped(close)}\\s*`, 'gu');
  return part.replace(each, (all, name: string) => (open === '(' && !isIdentifier(name) ? all : `(${name})`));
}

/** Up to the punctuation, or the word in another script after a space, that goes on with the message. */
function endOfPart(text: string): string {
  return (text.split(/[，。；！？、\n\r\t]|\s+(?=[^ -~【〔〖「『《〈])/u)[0] ?? text).trim();
}

function escaped(mark: string): string {
  return mark.replace(/[[\](){}]/u, '\\$&');
}
