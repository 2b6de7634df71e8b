// Both languages say the same things: the same keys, the same things put in, each with the punctuation of its own script.
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { say } from '../../../views/text/say.ts';
import { textsFor } from '../../../views/text/texts.ts';
import { sources } from '../../tidy/sources.ts';

const zh = textsFor('zh-CN');
const en = textsFor('en');

type Entry = { readonly key: string; readonly value: string | ((...given: unknown[]) => unknown) };

function entries(value: unknown, key = ''): Entry[] {
  if (typeof value === 'string' || typeof value === 'function') return [{ key, value } as Entry];
  if (typeof value !== 'object' || value === null) return [];
  // Lines of a text are broken where each language wants it.
  if (Array.isArray(value) && value.every((line) => typeof line === 'string'))
    return [{ key, value: value.join('\n') }];
  return Object.entries(value).flatMap(([name, inner]) => entries(inner, key === '' ? name : `${key}.${name}`));
}

/** Everything a line can say; a function is asked with words. */
function saidBy({ value }: Entry): string[] {
  if (typeof value === 'string') return [value];
  // A number in place of a name would want spaces that a name does not.
  const answer = ask(value, strings);
  return answer === undefined ? [] : [answer];
}

const numbers = (index: number) => 7001 + index;
const strings = (index: number) => `${'一丁七三丈'[index]}方`;
const askings = [numbers, strings];

function ask(fn: (...given: unknown[]) => unknown, asking: (index: number) => unknown): string | undefined {
  try {
    const answer = fn(...Array.from({ length: fn.length }, (_, index) => asking(index)));
    return typeof answer === 'string' ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** Of a fault the program says an English sentence itself; English has a line only where it says more. */
const saidByProgram = /\.(faults|said|codeFaults|faultCodes)\./;

const own = (dictionary: unknown) =>
  entries(dictionary).filter(({ key }) => !/^(said\.|lang$|common\.otherProduct$)/.test(key));
const chinese = own(zh);
const english = own(en);

describe('the two dictionaries', () => {
  it('have the same lines, in tables of words too', () => {
    const missing = (here: readonly Entry[], there: readonly Entry[]) => {
      const known = new Set(there.map(({ key }) => key));
      return here.filter(({ key }) => !known.has(key)).map(({ key }) => key);
    };
    expect(chinese.length).toBeGreaterThan(2000);
    expect(missing(english, chinese)).toEqual([]);
    expect(missing(chinese, english).filter((key) => !saidByProgram.test(key))).toEqual([]);
  });

  it('put the same things into each line', () => {
    const other = new Map(english.map((entry) => [entry.key, entry.value]));
    const faults = chinese.flatMap(({ key, value }) => {
      const there = other.get(key);
      if (there === undefined) return [];
      if (typeof value !== 'function' || typeof there !== 'function') return typeof value === typeof there ? [] : [key];
      return askings.flatMap((asking) => {
        const [here, said] = [ask(value, asking), ask(there, asking)];
        if (here === undefined || said === undefined) return [];
        const marks = Array.from({ length: Math.max(value.length, there.length) }, (_, index) => String(asking(index)));
        const differ = marks.filter((mark) => plain(here).includes(mark) !== plain(said).includes(mark));
        return differ.length === 0 ? [] : [`${key}: ${here} | ${said}`];
      });
    });
    expect(faults).toEqual([]);
  });

  it.each([
    [
      'Han or full-width punctuation in English',
      english,
      /(?![一丁七三丈]?方|[一丁七三丈])[\p{Script=Han}，。：；？！（）、]/u,
    ],
    [
      'half-width punctuation beside Han',
      chinese,
      /\p{Script=Han} ?[,;?!](?!\d)|\p{Script=Han}[:.](?=\s|\p{Script=Han}|$)|\([^)]*\p{Script=Han}/u,
    ],
    ['an exclamation mark in Chinese', chinese, /！/],
    ['您 in Chinese', chinese, /您/],
    ['two marks in a row', chinese, /[，。：；？、]{2}/],
    ['Han and a letter or digit without a space', chinese, /\p{Script=Han}[A-Za-z\d]|[A-Za-z\d]\p{Script=Han}/u],
    ['three dots instead of …', [...chinese, ...english], /\.\.\./],
    ['a space before %', [...chinese, ...english], /\d %/],
  ] as const)('hold no line with %s', (_, all, pattern) => {
    const faults = all.filter((entry) => saidBy(entry).some((text) => pattern.test(bare(text))));
    expect(faults.map((entry) => `${entry.key}: ${saidBy(entry).join(' / ')}`)).toEqual([]);
  });
});

describe('a refusal that a person can meet', () => {
  it('has its sentence in Chinese', () => {
    const files = sources(/^server\/(accounts|http|kitchen|oversight|sight|store|trace)\/.*\.tsx?$/).filter(
      ({ path }) => !forPrograms.test(path),
    );
    const sentences = files.flatMap(({ path, text }) => details(path, text));
    expect(sentences.length).toBeGreaterThan(200);
    expect(sentences.filter((sentence) => /[a-z]{2} [a-z]/i.test(sentence) && zh.said[sentence] === undefined)).toEqual(
      [],
    );
  });

  it('says what was found in its place', () => {
    expect(say(zh, 'At most 20 characters; it has 31.')).toBe('最多 20 个字，现在有 31 个。');
    expect(say(zh, 'Too small: expected number to be >=3')).toBe('不能小于 3。');
    expect(say(en, 'Invalid option: expected one of "a"|"b"')).toBe('Choose one of the options given.');
    expect(say(en, 'Choose a photo.')).toBe('Choose a photo.');
    expect(say(zh, 'What nobody has translated.')).toBe('What nobody has translated.');
  });
});

/** Documents of partners and the query language: read where programs are written. Cells of a sheet: told by their code. */
const forPrograms = /^server\/trace\/((epcis|query|event|fsma204|subscription|chain)\/|import\/lot)/;

/** Sentences under a `detail`; `{}` where something is put in. */
function details(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, key, value } = node as { type?: string; key?: { name?: string }; value?: unknown };
    if (type === 'Property' && key?.name === 'detail') found.push(...sentencesOf(value as Written));
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseSync(path, text).program);
  return found;
}

type Written = {
  readonly type: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
  readonly consequent?: Written;
  readonly alternate?: Written;
};

function sentencesOf(node: Written): string[] {
  if (node.type === 'Literal' && typeof node.value === 'string') return [node.value];
  if (node.type === 'TemplateLiteral') return [(node.quasis ?? []).map(({ value }) => value.cooked).join('{}')];
  return [node.consequent, node.alternate].flatMap((branch) => (branch === undefined ? [] : sentencesOf(branch)));
}

const plain = (text: string) => text.replace(/[\s,]/g, '');
/** Without what stands as it must be typed. */
const bare = (text: string) => text.replace(/t=秒数,v1=签名|秒数\.请求正文|!。末尾的 !|方\d/g, '');
