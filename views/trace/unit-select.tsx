// The choice of a unit, the same in every form.
import { fieldId } from '../parts/form.tsx';
import type { Texts } from '../text/texts.ts';

/** Units people weigh and count in here, UN/CEFACT codes. */
export const formUnits = [
  'KGM',
  'CS',
  'BX',
  'CT',
  'BG',
  'PK',
  'BO',
  'BJ',
  'CA',
  'PU',
  'EA',
  'LTR',
  'GRM',
  'TNE',
] as const;
type FormUnit = (typeof formUnits)[number];

export function UnitSelect({ words, name, value }: { words: Texts; name: string; value: string | undefined }) {
  const label = (unit: FormUnit) => words.trace.units[unit];
  // Case and box are one word in Chinese: two options that read alike are one.
  const told = formUnits.filter(
    (unit, at) => unit === value || !formUnits.slice(0, at).some((other) => label(other) === label(unit)),
  );
  return (
    <select id={fieldId(name)} name={name}>
      {told.map((unit) => (
        <option value={unit} selected={value === unit}>
          {label(unit)}
        </option>
      ))}
    </select>
  );
}
