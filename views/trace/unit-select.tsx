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

export function UnitSelect({ words, name, value }: { words: Texts; name: string; value: string | undefined }) {
  return (
    <select id={fieldId(name)} name={name}>
      {formUnits.map((unit) => (
        <option value={unit} selected={value === unit}>
          {words.trace.units[unit]}
        </option>
      ))}
    </select>
  );
}
