// The rules as people edit them: one a line, `desk | desk in English | who first | how soon | kinds | words`.
import type { Fault } from '../../http/problem.ts';
import { firsts, type RoutingRule, urgencies } from './routing.ts';

/** Dongguan routes by 383 items. */
export const mostRules = 1_000;
const mostWords = 500;
const longestWord = 40;
const kindNames = ['foreign', 'spoiled', 'illness', 'expired', 'label', 'hygiene', 'other'];

export function rulesText(rules: readonly RoutingRule[]): string {
  return rules
    .map(({ desk, deskEn, first, urgency, kinds, words }) =>
      [desk, deskEn, first, urgency, kinds.join(' '), words.join(' ')].join(' | '),
    )
    .join('\n');
}

/** Every fault with its line, or the rules. */
export function readRules(text: string): { readonly rules: readonly RoutingRule[]; readonly faults: readonly Fault[] } {
  const lines = text.split(/\r?\n/).flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const read = lines.map(({ line, number }) => readLine(line, number));
  const faults = read.flatMap((each) => each.faults);
  const count = lines.length === 0 ? 'none' : lines.length > mostRules ? 'too_many' : undefined;
  if (count !== undefined)
    faults.push({ place: '/rules', code: `rules_${count}`, detail: `1 to ${mostRules} rules, one a line.` });
  return { rules: read.map(({ rule }) => rule), faults };
}

function readLine(line: string, number: number): { readonly rule: RoutingRule; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const fault = (code: string, detail: string) => faults.push({ place: `/rules/${number}`, code, detail });
  const [desk = '', deskEn = '', first = '', urgency = '', kinds = '', words = ''] = line
    .split('|')
    .map((part) => part.trim());
  if (line.split('|').length !== 6) fault('rule_parts', 'Six parts with | between them.');
  if (desk === '' || desk.length > 60 || deskEn.length > 60) fault('rule_desk', 'A desk of at most 60 characters.');
  const asked = firsts.find((known) => known === first);
  const soon = urgencies.find((known) => known === urgency);
  if (asked === undefined) fault('rule_first', 'shop or inspector.');
  if (soon === undefined) fault('rule_urgency', 'at_once, day or routine.');
  const listed = split(kinds);
  if (listed.some((kind) => !kindNames.includes(kind))) fault('rule_kinds', `Kinds are ${kindNames.join(', ')}.`);
  const said = split(words);
  if (said.length > mostWords || said.some((word) => word.length > longestWord))
    fault('rule_words', `At most ${mostWords} words of ${longestWord} characters.`);
  const rule = {
    desk,
    deskEn: deskEn === '' ? desk : deskEn,
    first: asked ?? 'inspector',
    urgency: soon ?? 'day',
    kinds: listed,
    words: said,
  };
  return { rule, faults };
}

function split(text: string): string[] {
  return text.split(/[\s,，、;；]+/).filter((word) => word !== '');
}
