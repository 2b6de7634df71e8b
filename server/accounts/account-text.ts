// Faults of accounts in the reader's words, by their kind.
import type { FieldFault } from '../../views/parts/form.tsx';
import { say } from '../../views/text/say.ts';
import type { Texts } from '../../views/text/texts.ts';
import type { Problem } from '../http/problem.ts';

export function localAccountFaults(words: Texts, problem: Problem | undefined): FieldFault[] {
  return (problem?.faults ?? []).map(({ place, code, detail }) => ({
    place,
    detail: words.accounts.faults[code] ?? say(words, detail),
  }));
}
