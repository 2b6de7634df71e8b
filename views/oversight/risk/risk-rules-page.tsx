// How risk is scored, for everybody to read; an administrator changes it here.
import { Faults, Field, type FieldFault } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';
import { GradeFace } from './grade-face.tsx';
import type { PartName } from './risk-page.tsx';

const gradeNames = ['A', 'B', 'C'] as const;

export type ShownRule = {
  readonly weights: Readonly<Record<PartName, number>>;
  readonly halfLifeDays: number;
  readonly bFrom: number;
  readonly cFrom: number;
  readonly visitDays: Readonly<Record<'A' | 'B' | 'C', number>>;
  readonly recoverDays: number;
};

export type ShownTest =
  | { readonly enough: false; readonly places: number; readonly critical: number }
  | {
      readonly enough: true;
      readonly places: number;
      readonly critical: number;
      /** Share of the findings in the first half of the places, the riskiest first. */
      readonly inRiskOrder: number;
      /** The same when everybody takes their turn. */
      readonly inTurn: number;
      readonly ratio: number;
    };

export type RiskRulesView = PageView & {
  readonly rule: ShownRule;
  readonly test: ShownTest | undefined;
  readonly changes: readonly { readonly id: number; readonly reason: string; readonly at: number }[];
  /** Undefined: whoever looks may not change it. */
  readonly form?: { readonly values: Readonly<Record<string, string>>; readonly faults: readonly FieldFault[] };
};

export function RiskRulesPage({ words, here, viewer, rule, test, changes, form }: RiskRulesView) {
  const text = words.risk;
  return (
    <Page words={words} title={text.rulesTitle} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.rulesTitle}</h1>
        <p class="soft">{text.rulesLead}</p>
      </header>
      {form === undefined || form.faults.length === 0 ? null : <Faults words={words} faults={form.faults} />}
      <RuleTable words={words} rule={rule} />
      <section class="card stack">
        <h2>{text.testTitle}</h2>
        <p>{testSaid(words, test)}</p>
        <p class="small soft">{text.testAnchor}</p>
      </section>
      {form === undefined ? null : <RuleForm words={words} form={form} />}
      <section class="card stack">
        <h2>{text.changes}</h2>
        <ol class="plain stack">
          {changes.map(({ reason, at }) => (
            <li>
              {reason} <span class="soft small">{formatMoment(at, words.lang)}</span>
            </li>
          ))}
          <li class="soft">{text.first}</li>
        </ol>
      </section>
    </Page>
  );
}

function RuleTable({ words, rule }: { words: Texts; rule: ShownRule }) {
  const text = words.risk;
  return (
    <section class="card stack">
      <table>
        <caption class="hide">{text.weight}</caption>
        <thead>
          <tr>
            <th scope="col">{text.why}</th>
            <th scope="col" class="num">
              {text.weight}
            </th>
          </tr>
        </thead>
        <tbody>
          {(Object.entries(rule.weights) as [PartName, number][]).map(([part, weight]) => (
            <tr>
              <th scope="row">{text.parts[part]}</th>
              <td class="num">{weight}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        <li>{text.halfRow(rule.halfLifeDays)}</li>
        <li>{text.gradeRow(rule.bFrom, rule.cFrom)}</li>
        <li>{text.tierRow}</li>
        <li>{text.recoverRow(rule.recoverDays)}</li>
        <li>{text.inspectorRow}</li>
      </ul>
      <ul class="plain">
        {gradeNames.map((grade) => (
          <li class="row">
            <GradeFace words={words} grade={grade} /> {text.visitRow(grade, rule.visitDays[grade])}
          </li>
        ))}
      </ul>
    </section>
  );
}

function testSaid({ risk }: Texts, test: ShownTest | undefined): string {
  if (test === undefined) return risk.testNone;
  if (!test.enough) return risk.testShort(test.places, test.critical);
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const { inRiskOrder, inTurn, ratio, places, critical } = test;
  return risk.testGood(percent(inRiskOrder), percent(inTurn), ratio.toFixed(2), places, critical);
}

function RuleForm({ words, form }: { words: Texts; form: NonNullable<RiskRulesView['form']> }) {
  const text = words.risk;
  const { values, faults } = form;
  const number = (name: string, label: string) => (
    <Field label={label} name={name} type="number" value={values[name]} faults={faults} required />
  );
  return (
    <form class="card stack" method="post" action="/risk/rules">
      <h2>{text.change}</h2>
      <div class="fields">
        {(Object.keys(text.parts) as PartName[]).map((part) => number(part, `${text.parts[part]} · ${text.weight}`))}
        {number('halfLifeDays', text.halfLife)}
        {number('bFrom', text.bFrom)}
        {number('cFrom', text.cFrom)}
        {number('recoverDays', text.recover)}
        {gradeNames.map((grade) => number(`visit${grade}`, text.visitDays(grade)))}
      </div>
      <Field label={text.reason} name="reason" value={values['reason']} faults={faults} required />
      <p>
        <button class="btn main" type="submit">
          {text.save}
        </button>
      </p>
    </form>
  );
}
