// The rules that findings by the clock follow, and the form that changes one.
import { Faults, Field } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import type { FindingsView, RuleLine } from './findings-view.ts';

export function Rules({ view, rules }: { view: FindingsView; rules: readonly RuleLine[] }) {
  const { words, faults, values } = view;
  const text = words.trace.findingTexts;
  return (
    <section class="card stack" id="rules">
      <h2>{text.rules}</h2>
      <p class="small soft">{text.rulesLead}</p>
      <RuleTable words={words} rules={rules} />
      <form class="stack" method="post" action="/findings/rules" novalidate>
        <Faults words={words} faults={faults} />
        <div class="grid-4">
          <Field
            label={text.product}
            name="product"
            value={values['product']}
            hint={text.productHint}
            faults={faults}
          />
          {(['lossPercent', 'transitHours', 'nearDays'] as const).map((name) => (
            <Field label={text[name]} name={name} value={values[name]} faults={faults} />
          ))}
        </div>
        <button class="btn" type="submit">
          <Icon name="check" />
          {text.save}
        </button>
      </form>
    </section>
  );
}

function RuleTable({ words, rules }: { words: Texts; rules: readonly RuleLine[] }) {
  const text = words.trace.findingTexts;
  const or = (value: number | null) => (value === null ? text.sameAsAll : String(value));
  return (
    <table class="cards small">
      <caption class="hide">{text.rules}</caption>
      <thead>
        <tr>
          <th scope="col">{words.trace.product}</th>
          {[text.lossPercent, text.transitHours, text.nearDays].map((label) => (
            <th scope="col" class="right">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr>
            <th scope="row">
              {rule.name === null ? text.everything : localName(words.lang, { name: rule.name, nameEn: rule.nameEn })}
              {rule.code === null ? null : <span class="code small soft"> {rule.code}</span>}
            </th>
            <td data-l={text.lossPercent} class="right">
              {or(rule.lossShare === null ? null : Math.round(rule.lossShare * 1_000) / 10)}
            </td>
            <td data-l={text.transitHours} class="right">
              {or(rule.transitHours)}
            </td>
            <td data-l={text.nearDays} class="right">
              {or(rule.nearDays)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
