// What the pages and the CSV about risk are made of.
import type { RiskRow } from '../../../views/oversight/risk/risk-page.tsx';
import type { ShownPart } from '../../../views/oversight/risk/risk-place-page.tsx';
import type { Texts } from '../../../views/text/texts.ts';
import { violationWords } from '../../kitchen/violation/violation-kinds.ts';
import type { RiskFact, RiskPart, RiskRule } from './risk.ts';
import type { RiskLine } from './risk-store.ts';

const reasonsNamed = 3;

export function rowOf(line: RiskLine): RiskRow {
  const reasons = [...line.parts]
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, reasonsNamed);
  return {
    ...line,
    href: `/risk/sites/${encodeURIComponent(line.site)}`,
    district: line.district === null ? null : { name: line.district, nameEn: line.districtEn },
    reasons,
  };
}

export function shownParts(words: Texts, line: RiskLine, rule: RiskRule): ShownPart[] {
  return [...line.parts]
    .sort((a, b) => b.points - a.points)
    .map(({ part, points, count, facts }) => ({
      part,
      points,
      count,
      weight: rule.weights[part],
      facts: facts.map((fact) => ({ what: whatOf(words, fact), at: fact.at, href: hrefOf(fact) })),
    }));
}

function whatOf(words: Texts, { part, what }: RiskFact): string {
  if (part === 'flags' || part === 'orders') return violationWords(what, words.lang).name;
  if (part === 'complaints') return (words.complaints.kinds as Record<string, string>)[what] ?? what;
  return words.risk.what[what] ?? what;
}

const pageOf: Readonly<Record<RiskPart, (id: string) => string>> = {
  flags: (id) => `/orders/${id}`,
  orders: (id) => `/orders/${id}`,
  cameras: (id) => `/kitchens/${id}`,
  licence: (id) => `/kitchens/${id}`,
  receipts: (id) => `/lots/${id}`,
  cold: (id) => `/lots/${id}`,
  tests: (id) => `/lots/${id}`,
  complaints: (id) => `/complaints/${id}`,
};

/** Where the row it is can be seen. */
export function hrefOf({ part, id }: RiskFact): string {
  return pageOf[part](id);
}
