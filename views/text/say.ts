// A refusal's sentence in the reader's language, by the English sentence that programs are given.
import type { Texts } from './texts.ts';

type Template = { readonly shape: RegExp; readonly said: string };

const templates = new WeakMap<object, readonly Template[]>();

/** The sentence as the dictionary has it, with what was found put in; as it stands where the dictionary has none. */
export function say(words: Texts, sentence: string): string {
  const whole = words.said[sentence];
  if (whole !== undefined) return whole;
  for (const template of templatesOf(words)) {
    const found = template.shape.exec(sentence);
    if (found !== null) return filled(template.said, found.slice(1));
  }
  return sentence;
}

function filled(text: string, found: readonly string[]): string {
  let next = 0;
  return text.replace(/\{(\d*)\}/g, (_, at: string) => found[at === '' ? next++ : Number(at)] ?? '');
}

/** The sentences with something to put in, the longest first, so that the general one does not take what a narrower one says better. */
function templatesOf(words: Texts): readonly Template[] {
  const known = templates.get(words.said);
  if (known !== undefined) return known;
  const made = Object.entries(words.said)
    .filter(([sentence]) => sentence.includes('{}'))
    .map(([sentence, text]) => ({ length: sentence.length, shape: shapeOf(sentence), said: text }))
    .sort((a, b) => b.length - a.length);
  templates.set(words.said, made);
  return made;
}

function shapeOf(sentence: string): RegExp {
  const parts = sentence.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(.*?)')}$`, 's');
}
