// An amount as people enter it, a number and its unit, and any other number with a point.
import { Field, type FieldFault, fieldId } from '../parts/form.tsx';
import type { Texts } from '../text/texts.ts';
import { UnitSelect } from './unit-select.tsx';

type AmountFieldsProps = {
  readonly words: Texts;
  /** The field names, such as `{ quantity: 'boxes.0.quantity', unit: 'boxes.0.unit' }`. */
  readonly names: { readonly quantity: string; readonly unit: string };
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  /** What the number is called here; `Amount` where nothing else is said. */
  readonly label?: string;
  /** The unit offered first where none was chosen yet. */
  readonly usual?: string | undefined;
};

export function AmountFields({ words, names, values, faults, label, usual }: AmountFieldsProps) {
  const text = words.trace.shop;
  return (
    <>
      <Field label={label ?? text.quantity} name={names.quantity} faults={faults}>
        <DecimalInput name={names.quantity} value={values[names.quantity]} />
      </Field>
      <Field label={text.unit} name={names.unit} faults={faults}>
        <UnitSelect words={words} name={names.unit} value={values[names.unit] ?? usual} />
      </Field>
    </>
  );
}

export function DecimalInput({ name, value }: { name: string; value: string | undefined }) {
  return <input id={fieldId(name)} name={name} inputmode="decimal" autocomplete="off" value={value ?? ''} />;
}
