// What one box, bag or portion of a product holds, and the form that says it.
import { Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import { amountInWords } from '../parts.tsx';

export type PackSizes = {
  readonly unit: string | null;
  readonly packs: readonly { readonly pack: string; readonly holds: number; readonly gtin?: string }[];
  readonly unitGtin?: string;
};

/** The same batch in larger and smaller packings. */
export type Packing = { readonly id: number; readonly gtin: string; readonly batch: string };

type PacksView = {
  readonly words: Texts;
  readonly lotId: number;
  readonly packs: PackSizes;
  readonly packings: readonly Packing[];
  readonly mayAct: 'act' | 'look';
  readonly faults: readonly FieldFault[];
};

const packUnits = ['BX', 'CS', 'CT', 'BG', 'PK', 'BO', 'PF', 'PTN', 'C62'] as const;

export function PacksCard({ words, lotId, packs, packings, mayAct, faults }: PacksView) {
  const text = words.trace.lots;
  const nameOf = (unit: string) => words.trace.units[unit] ?? (unit === 'C62' ? words.trace.pieces : unit);
  if (packs.packs.length === 0 && mayAct === 'look') return null;
  return (
    <section class="card stack" id="packs">
      <h2>{text.packs}</h2>
      {packs.packs.length === 0 ? <p class="small soft">{text.packsEmpty}</p> : null}
      <ul class="stack small">
        {packs.packs.map(({ pack, holds, gtin }) => (
          <li>
            {text.packHolds(nameOf(pack), amountInWords(words, holds, packs.unit))}
            {gtin === undefined ? null : <span class="soft"> {text.packPrinted(gtin)}</span>}
          </li>
        ))}
        {packs.unitGtin === undefined ? null : <li class="soft">{text.packOf(packs.unitGtin)}</li>}
      </ul>
      {packings.length === 0 ? null : (
        <p class="small">
          {text.packings}
          {packings.map(({ id, gtin, batch }) => (
            <>
              {' '}
              <a href={`/lots/${id}`}>
                {gtin} · {batch}
              </a>
            </>
          ))}
        </p>
      )}
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
          <Field label={text.packGtin} name="gtin" faults={faults} hint={text.packGtinHint} type="text" />
          <button class="btn" type="submit">
            {text.packSave}
          </button>
        </form>
      )}
    </section>
  );
}
