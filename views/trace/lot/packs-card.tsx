// What one box, bag or portion of a product holds, and the form that says it.
import { Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import { amountInWords } from '../parts.tsx';

export type PackSizes = {
  readonly unit: string | null;
  readonly packs: readonly { readonly pack: string; readonly holds: number }[];
};

type PacksView = {
  readonly words: Texts;
  readonly lotId: number;
  readonly packs: PackSizes;
  readonly mayAct: 'act' | 'look';
  readonly faults: readonly FieldFault[];
};

const packUnits = ['BX', 'CT', 'BG', 'PK', 'BO', 'PTN', 'C62'] as const;

export function PacksCard({ words, lotId, packs, mayAct, faults }: PacksView) {
  const text = words.trace.lots;
  const nameOf = (unit: string) => words.trace.units[unit] ?? (unit === 'C62' ? words.trace.pieces : unit);
  if (packs.packs.length === 0 && mayAct === 'look') return null;
  return (
    <section class="card stack" id="packs">
      <h2>{text.packs}</h2>
      {packs.packs.length === 0 ? <p class="small soft">{text.packsEmpty}</p> : null}
      <ul class="stack small">
        {packs.packs.map(({ pack, holds }) => (
          <li>{text.packHolds(nameOf(pack), amountInWords(words, holds, packs.unit))}</li>
        ))}
      </ul>
      {mayAct === 'look' ? null : (
        <form class="stack" method="post" action={`/lots/${lotId}/packs`}>
          <Field label={text.pack} name="pack" faults={faults}>
            <select id={fieldId('pack')} name="pack">
              {packUnits.map((unit) => (
                <option value={unit}>{nameOf(unit)}</option>
              ))}
            </select>
          </Field>
          <Field label={text.packAmount} name="holds" faults={faults}>
            <input id={fieldId('holds')} name="holds" type="number" step="any" min="0" required />
          </Field>
          <Field label={text.unit} name="unit" faults={faults}>
            <select id={fieldId('unit')} name="unit">
              {['KGM', 'LTR', 'C62'].map((unit) => (
                <option value={unit}>{nameOf(unit)}</option>
              ))}
            </select>
          </Field>
          <button class="btn" type="submit">
            {text.packSave}
          </button>
        </form>
      )}
    </section>
  );
}
