// The rules of score, deadlines, reminders and cards, as everybody may read them.
import { Page, type Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';

export type ScoreRule = {
  readonly id: string;
  readonly name: string;
  readonly points: number;
  readonly back: number;
  readonly backLate: number;
  readonly deadlineHours: number;
  readonly tier: keyof Texts['kitchen']['tiers'];
};

export type ScoreRulesView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly full: number;
  readonly overdue: number;
  readonly steady: number;
  readonly steadyDays: number;
  readonly rules: readonly ScoreRule[];
  readonly clocks: readonly string[];
};

export function ScoreRulesPage({
  words,
  here,
  viewer,
  full,
  overdue,
  steady,
  steadyDays,
  rules,
  clocks,
}: ScoreRulesView) {
  const { kitchen } = words;
  return (
    <Page words={words} title={kitchen.scoreRules} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{kitchen.scoreRules}</h1>
        <p class="soft">{kitchen.scoreRulesLead(full)}</p>
      </header>
      <section class="card stack">
        <RuleTable words={words} rules={rules} />
        <ul>
          <li>{kitchen.ruleOverdue(overdue)}</li>
          <li>{kitchen.ruleSteady(steadyDays, steady)}</li>
          <li>{kitchen.ruleUndone}</li>
        </ul>
      </section>
      <section class="card stack">
        <h2>{kitchen.clockRules}</h2>
        <ul>
          {clocks.map((clock) => (
            <li>{clock}</li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function RuleTable({ words, rules }: Pick<ScoreRulesView, 'words' | 'rules'>) {
  const { kitchen } = words;
  return (
    <table class="cards">
      <caption class="hide">{kitchen.scoreRules}</caption>
      <thead>
        <tr>
          <th scope="col">{kitchen.violation}</th>
          {[kitchen.ruleCost, kitchen.ruleBack, kitchen.ruleBackLate, kitchen.ruleDeadline, kitchen.ruleTier].map(
            (head) => (
              <th scope="col" class="right">
                {head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr id={rule.id}>
            <th scope="row">{rule.name}</th>
            <td class="right" data-l={kitchen.ruleCost}>{`−${rule.points}`}</td>
            <td class="right" data-l={kitchen.ruleBack}>{`+${rule.back}`}</td>
            <td class="right" data-l={kitchen.ruleBackLate}>{`+${rule.backLate}`}</td>
            <td class="right" data-l={kitchen.ruleDeadline}>
              {kitchen.hoursText(rule.deadlineHours)}
            </td>
            <td class="right" data-l={kitchen.ruleTier}>
              {kitchen.tiers[rule.tier]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
