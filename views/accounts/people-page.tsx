// The administrator's list of people, the form that invites one, and the one that adds one with a first password.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { ListBar, type Listed, ListPages } from '../parts/listing.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { type Column, SortHead } from '../parts/sorting.tsx';
import { bothNames, localName, type Texts } from '../text/texts.ts';
import { type Choices, placeLabel, type RoleName, StandingFields, type StandingValues } from './person-fields.tsx';

export type PersonLine = {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly role: RoleName;
  readonly sites: readonly string[];
  readonly organisation: string | null;
  readonly district: { readonly name: string; readonly nameEn: string | null } | null;
  readonly disabledAt: number | null;
};

export type PersonTyped = StandingValues & { readonly name: string; readonly login: string };

export type PeopleView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly people: Listed<PersonLine>;
  readonly cut: 'cut' | 'whole';
  readonly ownId: number;
  readonly choices: Choices;
  readonly form: PersonTyped | undefined;
  readonly faults: readonly FieldFault[];
  readonly done: keyof Texts['people']['done'] | null;
};

export function PeoplePage(view: PeopleView) {
  const { words, here, viewer, done } = view;
  const { accounts, people } = words;
  return (
    <Page words={words} title={accounts.peopleTitle} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{accounts.peopleTitle}</h1>
        <p class="soft">{people.lead}</p>
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{people.done[done]}</span>
        </p>
      )}
      <div class="cols">
        <section class="card stack">
          <ListBar words={words} here={here} file="/people.csv" />
          <PeopleTable {...view} />
          <ListPages words={words} here={here} list={view.people} cut={view.cut} />
        </section>
        <div class="stack">
          <Invite {...view} />
          <p>
            <a href="/districts">{people.districts}</a>
          </p>
          <p class="note">
            <Icon name="info" />
            <span>{accounts.tokensNote}</span>
          </p>
        </div>
      </div>
    </Page>
  );
}

export function personColumns(words: Texts, choices: Pick<Choices, 'places'>): readonly Column<PersonLine>[] {
  const { accounts, people, common } = words;
  return [
    { key: 'name', label: accounts.name, of: (person) => localName(words.lang, person), find: bothNames },
    { key: 'login', label: accounts.login, of: ({ login }) => login },
    { key: 'role', label: accounts.role, of: ({ role }) => common.roles[role] },
    {
      key: 'disabled',
      label: accounts.disabled,
      file: ({ disabledAt }) => (disabledAt === null ? common.no : common.yes),
      only: 'file',
    },
    { key: 'place', label: people.place, of: (person) => standsAt(words, person, choices) },
    { key: 'change', label: people.change },
  ];
}

function PeopleTable(view: PeopleView) {
  const { words, here } = view;
  const columns = personColumns(words, view.choices);
  return (
    <table class="cards">
      <caption class="hide">{words.accounts.peopleTitle}</caption>
      <SortHead words={words} here={here} columns={columns} />
      <tbody>
        {view.people.rows.map((person) => (
          <PersonRow view={view} person={person} />
        ))}
      </tbody>
    </table>
  );
}

function PersonRow({ view: { words, ownId, choices }, person }: { view: PeopleView; person: PersonLine }) {
  const { accounts, people } = words;
  return (
    <tr>
      <th scope="row">
        {localName(words.lang, person)}
        {person.id === ownId ? <span class="soft small"> {people.you}</span> : null}
      </th>
      <td data-l={accounts.login}>
        <code>{person.login}</code>
      </td>
      <td data-l={accounts.role}>{words.common.roles[person.role]}</td>
      <td data-l={people.place} class="soft small">
        {standsAt(words, person, choices)}
      </td>
      <td class="now">
        {person.disabledAt === null ? null : (
          <span class="badge offline">
            <Icon name="slash" />
            {accounts.disabled}
          </span>
        )}
        <a class="btn small" href={`/people/${person.id}`}>
          {people.change}
        </a>
      </td>
    </tr>
  );
}

/** Places by their names, with organisation or district. */
function standsAt(
  words: Texts,
  { sites, organisation, district, role }: PersonLine,
  { places }: Pick<Choices, 'places'>,
): string {
  const named = sites.map((id) => {
    const place = places.find((each) => each.id === id);
    return place === undefined ? id : placeLabel(words, place);
  });
  const bound = role === 'inspector' || role === 'reviewer';
  const area = district === null ? words.people.wholeCity : localName(words.lang, district);
  const parts = [...(organisation === null ? [] : [organisation]), ...named, ...(bound ? [area] : [])];
  return parts.join(words.lang === 'en' ? ', ' : '，') || words.people.noPlaces;
}

const nobody: PersonTyped = {
  name: '',
  login: '',
  role: 'owner',
  sites: [],
  grants: [],
  speaks: 'places',
  organisation: '',
  district: null,
};

/** One form, two ways to send it: as a link, or with a first password. */
function Invite({ words, form = nobody, choices, faults }: PeopleView) {
  const { accounts, people } = words;
  return (
    <form class="card stack" method="post" action="/invitations">
      <h2>{people.invite}</h2>
      <p class="small soft">{people.inviteLead}</p>
      <Faults words={words} faults={faults} />
      <Field label={accounts.name} name="name" value={form.name} required faults={faults} />
      <StandingFields words={words} values={form} choices={choices} faults={faults} />
      <button class="btn main" type="submit">
        <Icon name="link" />
        {people.inviteButton}
      </button>
      <details class="more" open={form.login !== ''}>
        <summary>{accounts.addPerson}</summary>
        <div class="stack">
          <Field label={accounts.login} name="login" value={form.login} hint={accounts.loginHint} faults={faults} />
          <Field
            label={accounts.initialPassword}
            name="password"
            type="password"
            hint={accounts.passwordHint}
            autocomplete="new-password"
            faults={faults}
          />
          <button class="btn" type="submit" formaction="/people">
            {accounts.addPerson}
          </button>
        </div>
      </details>
    </form>
  );
}
