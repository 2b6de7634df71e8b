// What our documents say of words and promises, read once when the server starts.
import { readFileSync } from 'node:fs';
import type { PromiseLine } from '../../../views/oversight/front/about-page.tsx';
import type { GlossarySection } from '../../../views/oversight/front/glossary-page.tsx';
import { bothLanguages, tablesOf, unmarked } from './document-tables.ts';

const document = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

export function glossary(): GlossarySection[] {
  return tablesOf(document('glossary.md'))
    .filter(({ rows }) => rows.every((row) => row.length === 3))
    .map(({ heading, rows }) => ({
      heading: bothLanguages(heading),
      terms: rows.map(([en = '', zh = '', meaning = '']) => ({
        en: unmarked(en),
        zh: unmarked(zh),
        meaning: bothLanguages(unmarked(meaning)),
      })),
    }));
}

export function promises(): PromiseLine[] {
  return tablesOf(document('promises.md')).flatMap(({ rows }) =>
    rows.flatMap(([id = '', , tests = '']) =>
      /^[RS]\d+$/.test(id) ? [{ id, files: [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file) }] : [],
    ),
  );
}
