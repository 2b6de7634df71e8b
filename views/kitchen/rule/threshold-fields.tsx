// The numbers of one camera’s rules, a threshold for each violation beside the house’s own.
import { Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import { PeriodFields } from './period-fields.tsx';
import type { RulesView } from './rules-view.ts';

export function Numbers({ words, camera, violations, values, faults, houseFrames }: RulesView) {
  const text = words.learning.zone;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{text.thresholds}</h2>
        <a class="small" href={`/cameras/${camera.id}/thresholds`}>
          {text.seeProposals}
        </a>
      </div>
      <table class="rules-table">
        <NumbersHead words={words} />
        <tbody>
          {violations.map(({ id, name, house }) => (
            <Threshold
              text={text}
              id={id}
              name={name}
              house={house}
              value={values.thresholds[id]}
              off={values.off.includes(id)}
              faults={faults}
            />
          ))}
        </tbody>
      </table>
      <p class="hint">{text.thresholdHint}</p>
      <fieldset class="side-by-side">
        <legend>{text.frames}</legend>
        <Field
          label={words.kitchen.windowHits}
          name="hits"
          type="number"
          value={values.hits}
          faults={faults}
          hint={text.houseIs(String(houseFrames.hits))}
        />
        <Field
          label={words.kitchen.windowOf}
          name="of"
          type="number"
          value={values.of}
          faults={faults}
          hint={text.houseIs(String(houseFrames.of))}
        />
      </fieldset>
      <fieldset class="side-by-side">
        <legend>{text.hours}</legend>
        <Field label={text.from} name="from" type="time" value={values.from} faults={faults} />
        <Field label={text.to} name="to" type="time" value={values.to} faults={faults} />
      </fieldset>
      <p class="hint">{text.hoursHint}</p>
      <PeriodFields words={words} periods={values.periods} violations={violations} faults={faults} />
    </section>
  );
}

function NumbersHead({ words }: { words: Texts }) {
  const text = words.learning.zone;
  return (
    <thead>
      <tr>
        <th scope="col">{words.kitchen.violation}</th>
        <th scope="col" class="right">
          {text.house}
        </th>
        <th scope="col">{text.hereThreshold}</th>
        <th scope="col">{text.off}</th>
      </tr>
    </thead>
  );
}

type ThresholdView = {
  readonly text: Texts['learning']['zone'];
  readonly id: string;
  readonly name: string;
  readonly house: number;
  readonly value: string | undefined;
  readonly off: boolean;
  readonly faults: readonly FieldFault[];
};

function Threshold({ text, id, name, house, value, off, faults }: ThresholdView) {
  const field = `threshold-${id}`;
  const fault = faults.find(({ place }) => place === field);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="right">{Math.round(house * 100)}%</td>
      <td>
        <input
          id={fieldId(field)}
          name={field}
          type="number"
          min="1"
          max="100"
          step="1"
          value={value ?? ''}
          placeholder={String(Math.round(house * 100))}
          aria-label={`${name}: ${text.hereThreshold}`}
          aria-invalid={fault === undefined ? undefined : 'true'}
        />
        {fault === undefined ? null : <p class="error small">{fault.detail}</p>}
      </td>
      <td>
        <input type="checkbox" name="off" value={id} checked={off} aria-label={`${name}: ${text.off}`} />
      </td>
    </tr>
  );
}
