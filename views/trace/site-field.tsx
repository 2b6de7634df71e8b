// Which of one's own places something happens at: asked only of those who have several.
import { Field, type FieldFault, fieldId } from '../parts/form.tsx';
import type { Texts } from '../text/texts.ts';
import { type PlaceName, placeName } from './parts.tsx';

type SiteFieldProps = {
  readonly words: Texts;
  readonly label: string;
  readonly sites: readonly PlaceName[];
  readonly chosen: string | undefined;
  readonly faults: readonly FieldFault[];
};

export function SiteField({ words, label, sites, chosen, faults }: SiteFieldProps) {
  if (sites.length === 1) return <input type="hidden" name="site" value={sites[0]?.id} />;
  return (
    <Field label={label} name="site" faults={faults}>
      <select id={fieldId('site')} name="site">
        {sites.map((site) => (
          <option value={site.id} selected={chosen === site.id}>
            {placeName(words, site)}
          </option>
        ))}
      </select>
    </Field>
  );
}
