// One box of the receiving form: its code, what the code turned out to be, what its label says, and what speaks against it.
import { Field, fieldId } from '../../parts/form.tsx';
import { AmountFields, DecimalInput } from '../amount-fields.tsx';
import type { ReceiveView } from './receive-view.ts';

type RowView = { readonly view: ReceiveView; readonly row: number };

/** `row` −1: the template that scripts copy. */
export function BoxRow({ view, row }: RowView) {
  const { words, faults } = view;
  const text = words.trace.shop;
  const name = nameOf(row);
  const of = (part: string) => ({ name: name(part), value: view.values[name(part)], faults });
  return (
    <li class="box-row" data-told-code={view.values[name('code')]?.trim()}>
      <div class="row spread">
        <b class="small" data-number>
          {text.boxNumber(row < 0 ? '#' : String(row + 1))}
        </b>
        <button class="btn small bare" type="button" data-remove hidden>
          {text.remove}
        </button>
      </div>
      <CodeField view={view} row={row} />
      <ul class="choices-in" data-choices hidden />
      <Warned view={view} row={row} />
      <div class="box-more">
        <AmountFields
          words={words}
          names={{ quantity: name('quantity'), unit: name('unit') }}
          values={view.values}
          faults={faults}
        />
        <Field label={text.producedOn} type="date" {...of('producedOn')} />
        <Field label={text.expiresOn} type="date" {...of('expiresOn')} />
        <Field label={text.temperature} name={name('celsius')} faults={faults}>
          <DecimalInput {...of('celsius')} />
        </Field>
      </div>
    </li>
  );
}

function nameOf(row: number) {
  return (part: string) => `boxes.${row < 0 ? '#' : row}.${part}`;
}

function CodeField({ view: { words, values, faults, choices }, row }: RowView) {
  const text = words.trace.shop;
  const name = nameOf(row)('code');
  const fitting = choices.get(row);
  return (
    <Field
      label={text.type}
      name={name}
      value={values[name]}
      faults={faults}
      autocomplete="off"
      {...(row === 0 ? { hint: text.typeHint } : {})}
    >
      {fitting === undefined ? undefined : (
        <select id={fieldId(name)} name={name}>
          <option value={values[name]}>{text.choose(fitting.length)}</option>
          {fitting.map(({ code, label }) => (
            <option value={code}>{label}</option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Shown before the press: what must not be used is sent only after it was ticked. */
function Warned({ view: { words, values, warned }, row }: RowView) {
  const { said, codes } = warned.get(row) ?? { said: [], codes: [] };
  const name = nameOf(row)('acknowledged');
  const asked = codes.join(',');
  return (
    <>
      <p class={said.length === 0 ? 'told' : 'told is-bad'} data-told role="status" hidden={said.length === 0}>
        {said.map((line) => (
          <span>{line}</span>
        ))}
      </p>
      <label class="choice" data-acknowledge hidden={codes.length === 0}>
        <input
          type="checkbox"
          id={fieldId(name)}
          name={name}
          value={asked}
          checked={asked !== '' && values[name] === asked}
          disabled={codes.length === 0}
          data-acknowledged
        />
        <span>{words.trace.scan.takeAnyway}</span>
      </label>
    </>
  );
}
