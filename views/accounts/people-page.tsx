// The administrator's list of people, and the form that adds one.
import { Faults, Field, type FieldFault, fieldId } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { localName, type Texts } from '../text/texts.ts';

type RoleName = keyof Texts['common']['roles'];

export type PersonLine = {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly role: RoleName;
  readonly sites: readonly string[];
  readonly disabledAt: number | null;
};

export type PeopleView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly people: readonly PersonLine[];
  readonly values: { readonly login?: string; readonly name?: string; readonly role?: string; readonly sites?: string };
  readonly faults: readonly FieldFault[];
};

export function PeoplePage(view: PeopleView) {
  const { words, here, viewer, people } = view;
  const { accounts } = words;
  return (
    <Page words={words} title={accounts.peopleTitle} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{accounts.peopleTitle}</h1>
        <p class="soft">{accounts.peopleLead}</p>
      </header>
      <div class="cols">
        <section class="card">
          <table class="cards">
            <caption class="hide">{accounts.peopleTitle}</caption>
            <thead>
              <tr>
                <th scope="col">{accounts.name}</th>
                <th scope="col">{accounts.login}</th>
                <th scope="col">{accounts.role}</th>
                <th scope="col">{accounts.sites}</th>
                <th scope="col">
                  <span class="hide">{accounts.disable}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <PersonRow words={words} person={person} />
              ))}
            </tbody>
          </table>
        </section>
        <section class="card stack">
          <AddPerson {...view} />
          <p class="note">
            <Icon name="info" />
            <span>{accounts.tokensNote}</span>
          </p>
        </section>
      </div>
    </Page>
  );
}

function PersonRow({ words, person }: { words: Texts; person: PersonLine }) {
  const { accounts } = words;
  return (
    <tr>
      <th scope="row">{localName(words.lang, person)}</th>
      <td data-l={accounts.login}>
        <code>{person.login}</code>
      </td>
      <td data-l={accounts.role}>{words.common.roles[person.role]}</td>
      <td data-l={accounts.sites} class="soft small">
        {person.sites.join(' ') || '—'}
      </td>
      <td class="now">
        {person.disabledAt === null ? (
          <form method="post" action={`/people/${person.id}/disabled`}>
            <button class="btn small" type="submit">
              {accounts.disable}
            </button>
          </form>
        ) : (
          <span class="badge offline">
            <Icon name="slash" />
            {accounts.disabled}
          </span>
        )}
      </td>
    </tr>
  );
}

function AddPerson({ words, values, faults }: PeopleView) {
  const { accounts } = words;
  const roleNames = Object.entries(words.common.roles);
  return (
    <form class="stack" method="post" action="/people">
      <h2>{accounts.addPerson}</h2>
      <Faults words={words} faults={faults} />
      <Field label={accounts.name} name="name" value={values.name} required faults={faults} />
      <Field
        label={accounts.login}
        name="login"
        value={values.login}
        hint={accounts.loginHint}
        required
        faults={faults}
      />
      <Field label={accounts.role} name="role">
        <select id={fieldId('role')} name="role">
          {roleNames.map(([role, label]) => (
            <option value={role} selected={values.role === role}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <Field label={accounts.sites} name="sites" value={values.sites} hint={accounts.sitesHint} />
      <Field
        label={accounts.initialPassword}
        name="password"
        type="password"
        hint={accounts.passwordHint}
        autocomplete="new-password"
        required
        faults={faults}
      />
      <button class="btn main" type="submit">
        {accounts.addPerson}
      </button>
    </form>
  );
}
