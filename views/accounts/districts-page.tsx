// The districts of the city, each with the places that lie in it.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { localName, type Texts } from '../text/texts.ts';
import type { PersonLine } from './people-page.tsx';
import { type Choices, PlaceChooser, placeLabel } from './person-fields.tsx';

export type DistrictsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly districts: Choices['districts'];
  readonly places: Choices['places'];
  /** Bound to no district. */
  readonly covering: readonly PersonLine[];
  /** Site id → district. */
  readonly districtOf: ReadonlyMap<string, number>;
  readonly done: 'district' | null;
  readonly faults: readonly FieldFault[];
};

export function DistrictsPage(view: DistrictsView) {
  const { words, here, viewer, districts, places, districtOf, done, faults } = view;
  const { people } = words;
  return (
    <Page words={words} title={people.districts} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{people.districts}</h1>
        <p class="soft">{people.districtsLead}</p>
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{people.done[done]}</span>
        </p>
      )}
      <div class="cols">
        <div class="stack">
          {districts.length === 0 ? <p class="card">{people.noDistricts}</p> : null}
          {districts.map((district) => (
            <form class="card stack" method="post" action={`/districts/${district.id}/sites`}>
              <h2>{localName(words.lang, district)}</h2>
              <PlaceChooser
                words={words}
                places={places}
                chosen={places.map(({ id }) => id).filter((id) => districtOf.get(id) === district.id)}
                label={people.districtPlaces(localName(words.lang, district))}
                id={`f-sites-${district.id}`}
              />
              <button class="btn" type="submit">
                {people.save}
              </button>
            </form>
          ))}
        </div>
        <div class="stack">
          <form class="card stack" method="post" action="/districts">
            <h2>{people.addDistrict}</h2>
            <Faults words={words} faults={faults} />
            <Field label={people.districtName} name="name" required faults={faults} />
            <Field label={people.districtNameEn} name="nameEn" />
            <button class="btn main" type="submit">
              {people.addDistrict}
            </button>
          </form>
          <Covering {...view} />
        </div>
      </div>
    </Page>
  );
}

/** Who covers the city, and what nobody else sees. */
function Covering({ words, covering, places, districtOf }: DistrictsView) {
  const { people, common } = words;
  const unplaced = places.filter(({ id }) => !districtOf.has(id));
  return (
    <section class="card stack">
      <h2>{people.covering}</h2>
      <ul class="plain-list">
        {covering.map((person) => (
          <li>
            <a href={`/people/${person.id}`}>{localName(words.lang, person)}</a>{' '}
            <span class="soft small">{common.roles[person.role]}</span>
          </li>
        ))}
      </ul>
      <p class="small soft">{people.unplaced(unplaced.length)}</p>
      {unplaced.length === 0 ? null : (
        <details class="more">
          <summary>{people.unplacedList}</summary>
          <ul class="small">
            {unplaced.map((place) => (
              <li>{placeLabel(words, place)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
