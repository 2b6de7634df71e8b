// One person for the administrator: standing, access, tokens.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { localName, type Texts } from '../text/texts.ts';
import type { PersonLine, PersonTyped } from './people-page.tsx';
import { type Choices, StandingFields } from './person-fields.tsx';
import { type TokenLine, TokensCard } from './tokens-card.tsx';

export type PersonView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly person: PersonLine & {
    readonly grants: readonly string[];
    readonly speaks: 'places' | 'everywhere';
    readonly districtId: number | null;
    readonly factor: 'yes' | 'no';
    readonly password: 'yes' | 'no';
    readonly tokens: readonly TokenLine[];
  };
  readonly isSelf: 'self' | 'other';
  readonly choices: Choices;
  readonly form: PersonTyped | undefined;
  readonly faults: readonly FieldFault[];
  readonly done: keyof Texts['people']['done'] | null;
};

export function PersonPage(view: PersonView) {
  const { words, here, viewer, person, done, faults } = view;
  const { people } = words;
  const name = localName(words.lang, person);
  return (
    <Page words={words} title={name} here={here} viewer={viewer}>
      <header class="stack">
        <p>
          <a href="/people">{words.accounts.peopleTitle}</a>
        </p>
        <h1>
          {name} <code class="small soft">{person.login}</code>
        </h1>
        {person.disabledAt === null ? null : (
          <p class="note is-warn">
            <Icon name="slash" />
            <span>{people.disabledNote}</span>
          </p>
        )}
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{people.done[done]}</span>
        </p>
      )}
      <Faults words={words} faults={faults} />
      <div class="cols">
        <Change {...view} />
        <div class="stack">
          <Access {...view} />
          <TokensCard
            words={words}
            tokens={person.tokens}
            action={`/people/${person.id}/tokens`}
            closed={person.disabledAt === null ? 'open' : 'closed'}
          />
        </div>
      </div>
    </Page>
  );
}

function Change({ words, person, choices, form, faults }: PersonView) {
  const { accounts, people } = words;
  const values = form ?? {
    name: person.name,
    role: person.role,
    sites: person.sites,
    grants: person.grants,
    speaks: person.speaks,
    organisation: person.organisation ?? '',
    district: person.districtId,
  };
  return (
    <form class="card stack" method="post" action={`/people/${person.id}`}>
      <Field label={accounts.name} name="name" value={values.name} required faults={faults} />
      <StandingFields words={words} values={values} choices={choices} faults={faults} />
      <button class="btn main" type="submit">
        {people.save}
      </button>
    </form>
  );
}

function Access({ words, person, isSelf }: PersonView) {
  const { people } = words;
  const path = `/people/${person.id}`;
  return (
    <section class="card stack">
      <h2>{people.access}</h2>
      <p class="small">
        {`${people.factors}${words.lang === 'en' ? ': ' : '：'}${person.factor === 'yes' ? people.factorYes : people.factorNo}`}
      </p>
      {person.password === 'no' || person.disabledAt !== null ? null : (
        <form class="stack" method="post" action={`${path}/resets`}>
          <h3>{people.resetTitle}</h3>
          <p class="small soft">{people.resetLead}</p>
          <label class="check">
            <input type="checkbox" name="factors" value="removed" />
            <span>{people.resetFactors}</span>
          </label>
          <button class="btn" type="submit">
            <Icon name="link" />
            {people.resetButton}
          </button>
        </form>
      )}
      {isSelf === 'self' ? null : (
        <div class="row wrap">
          <form method="post" action={`${path}/signed-out`}>
            <button class="btn" type="submit">
              {people.signOutAll}
            </button>
          </form>
          <form method="post" action={`${path}/${person.disabledAt === null ? 'disabled' : 'enabled'}`}>
            <button class="btn" type="submit">
              {person.disabledAt === null ? people.disable : people.enable}
            </button>
          </form>
        </div>
      )}
    </section>
  );
}
