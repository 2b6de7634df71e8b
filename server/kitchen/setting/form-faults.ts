// Puts the faults of a form into the reader's words, one a field.
import type { FieldFault } from '../../../views/parts/form.tsx';
import { say } from '../../../views/text/say.ts';
import type { Texts } from '../../../views/text/texts.ts';
import type { Problem } from '../../http/problem.ts';

/** By the fault's kind, else by its field; the refusal's own sentence where the dictionary has none for the field. */
export function formFaults(problem: Problem, words: Texts): FieldFault[] {
  const seen = new Set<string>();
  return problem.faults.flatMap(({ place, code, detail }) => {
    const field = place.replace(/^\//, '').split(/[/.]/)[0] ?? '';
    if (seen.has(field)) return [];
    seen.add(field);
    return [
      { place: field, detail: words.kitchen.faultCodes[code] ?? words.kitchen.faultTexts[field] ?? say(words, detail) },
    ];
  });
}

/** What was typed, to be shown again; passwords and files are not. */
export function typedValues(form: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(form).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'password',
  );
  return Object.fromEntries(texts);
}
