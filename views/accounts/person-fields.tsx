// The fields of a person's standing: role, places, organisation, district, and for whom they speak.
import { Field, type FieldFault, fieldId } from '../parts/form.tsx';
import { localName, type Texts } from '../text/texts.ts';

export type RoleName = keyof Texts['common']['roles'];

export type Choices = {
  readonly places: readonly { readonly id: string; readonly name: string | null; readonly nameEn: string | null }[];
  readonly organisations: readonly string[];
  readonly districts: readonly { readonly id: number; readonly name: string; readonly nameEn: string | null }[];
};

export type StandingValues = {
  readonly role: RoleName;
  readonly sites: readonly string[];
  readonly grants: readonly string[];
  readonly speaks: 'places' | 'everywhere';
  readonly organisation: string;
  readonly district: number | null;
};

export type StandingProps = {
  readonly words: Texts;
  readonly values: StandingValues;
  readonly choices: Choices;
  readonly faults: readonly FieldFault[];
};

export function StandingFields(props: StandingProps) {
  const { words, values, choices, faults } = props;
  const { accounts, people, common } = words;
  return (
    <>
      <Field label={accounts.role} name="role" faults={faults}>
        <select id={fieldId('role')} name="role">
          {Object.entries(common.roles).map(([role, label]) => (
            <option value={role} selected={values.role === role}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <PlaceFields {...props} />
      <Field
        label={people.organisation}
        name="organisation"
        value={values.organisation}
        hint={people.organisationHint}
        list="organisations"
        faults={faults}
      />
      <datalist id="organisations">
        {choices.organisations.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      {choices.districts.length === 0 ? null : (
        <Field label={people.district} name="district" hint={people.districtHint} faults={faults}>
          <select id={fieldId('district')} name="district">
            <option value="">{people.wholeCity}</option>
            {choices.districts.map((district) => (
              <option value={String(district.id)} selected={values.district === district.id}>
                {localName(words.lang, district)}
              </option>
            ))}
          </select>
        </Field>
      )}
    </>
  );
}

function PlaceFields({ words, values, choices, faults }: StandingProps) {
  const { people } = words;
  const known = new Set(choices.places.map(({ id }) => id));
  return (
    <>
      {choices.places.length === 0 ? null : (
        <PlaceChooser words={words} places={choices.places} chosen={values.sites} label={people.places} />
      )}
      <Field
        label={people.morePlaces}
        name="moreSites"
        value={values.sites.filter((site) => !known.has(site)).join(' ')}
        hint={people.morePlacesHint}
        faults={faults.map((fault) => (fault.place === 'sites' ? { ...fault, place: 'moreSites' } : fault))}
      />
      <Field label={people.speaks} name="speaks">
        <select id={fieldId('speaks')} name="speaks">
          {(['places', 'everywhere'] as const).map((voice) => (
            <option value={voice} selected={values.speaks === voice}>
              {people.speaksNames[voice]}
            </option>
          ))}
        </select>
      </Field>
      <Field
        label={people.grants}
        name="grants"
        value={values.grants.join(' ')}
        hint={people.grantsHint}
        faults={faults}
      />
    </>
  );
}

const mostRows = 8;

/** Several places out of all that are known, by name, without a script. */
export function PlaceChooser({
  words,
  places,
  chosen,
  label,
  id = fieldId('sites'),
}: {
  words: Texts;
  places: Choices['places'];
  chosen: readonly string[];
  label: string;
  id?: string;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name="sites" multiple size={Math.min(mostRows, Math.max(2, places.length))}>
        {places.map((place) => (
          <option value={place.id} selected={chosen.includes(place.id)}>
            {placeLabel(words, place)}
          </option>
        ))}
      </select>
      <p class="hint">{words.people.placesHint}</p>
    </div>
  );
}

export function placeLabel(words: Texts, { id, name, nameEn }: Choices['places'][number]): string {
  return name === null ? id : `${localName(words.lang, { name, nameEn })} · ${id}`;
}
