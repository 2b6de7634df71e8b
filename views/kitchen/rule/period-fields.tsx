// The periods of a camera's day: from when to when, how often it is looked at then, and what is not looked for.
import { Field, type FieldFault } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';

export type PeriodFieldsView = {
  readonly words: Texts;
  readonly periods: readonly {
    readonly kind: 'cooking' | 'idle' | 'night';
    readonly from: string;
    readonly to: string;
    readonly every: string;
    readonly off: readonly string[];
  }[];
  readonly violations: readonly { readonly id: string; readonly name: string }[];
  readonly faults: readonly FieldFault[];
};

export function PeriodFields({ words, periods, violations, faults }: PeriodFieldsView) {
  const text = words.learning.zone;
  const { period } = words.kitchen.wizard;
  return (
    <>
      <h3>{period.title}</h3>
      <p class="hint">{period.hint}</p>
      {periods.map(({ kind, from, to, every, off }) => (
        <fieldset class="side-by-side">
          <legend>{period.kinds[kind]}</legend>
          <Field label={text.from} name={`period-${kind}-from`} type="time" value={from} faults={faults} />
          <Field label={text.to} name={`period-${kind}-to`} type="time" value={to} faults={faults} />
          <Field label={period.every} name={`period-${kind}-every`} type="number" value={every} faults={faults} />
          <details open={off.length > 0}>
            <summary>{period.off(off.length)}</summary>
            {violations.map(({ id, name }) => (
              <label class="check">
                <input type="checkbox" name={`period-${kind}-off`} value={id} checked={off.includes(id)} /> {name}
              </label>
            ))}
          </details>
        </fieldset>
      ))}
    </>
  );
}
