// Who answers for a shop's food, its staff's health certificates, and whether parents may look.
import { Faults, Field, type FieldFault } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';
import { dayHref } from './day-page.tsx';

type Office = keyof Texts['day']['offices'];
type Person = { readonly accountId: number; readonly name: string; readonly nameEn: string | null };

export type ShopSettingsView = PageView & {
  readonly site: PlaceName;
  readonly today: string;
  readonly named: Readonly<Partial<Record<Office, Person>>>;
  readonly people: readonly Person[];
  readonly staff: readonly {
    readonly id: number;
    readonly name: string;
    readonly certificate: string;
    readonly expiresOn: string;
  }[];
  /** Address of the page for parents, and its QR code; null: no school. */
  readonly school: { readonly href: string; readonly qr: string } | null;
  readonly faults: readonly FieldFault[];
  readonly values: Readonly<Record<string, string>>;
};

export function ShopSettingsPage(view: ShopSettingsView) {
  const { words, here, viewer, site } = view;
  return (
    <Page
      words={words}
      title={words.day.settings}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css', 'day.css']}
    >
      <header class="stack">
        <h1>{words.day.settings}</h1>
        <p class="soft">{placeName(words, site)}</p>
      </header>
      <Offices view={view} />
      <StaffCard view={view} />
      <School view={view} />
      <p>
        <a href={dayHref(site.id)}>{words.common.back}</a>
      </p>
    </Page>
  );
}

function Offices({ view: { words, site, named, people } }: { view: ShopSettingsView }) {
  const text = words.day;
  return (
    <section class="card stack">
      <h2>{text.officesTitle}</h2>
      <p class="small soft">{text.officesLead}</p>
      {(['officer', 'director', 'head'] as const).map((office) => (
        <form class="filter-row" method="post" action={dayHref(site.id, '/offices')}>
          <input type="hidden" name="office" value={office} />
          <div class="field grow">
            <label for={`f-${office}`}>{text.offices[office]}</label>
            <select id={`f-${office}`} name="account">
              {named[office] === undefined ? <option value="">{text.nobodyYet}</option> : null}
              {people.map((person) => (
                <option value={String(person.accountId)} selected={named[office]?.accountId === person.accountId}>
                  {localName(words.lang, person)}
                </option>
              ))}
            </select>
          </div>
          <button class="btn" type="submit" aria-label={`${text.name} ${text.offices[office]}`}>
            {text.name}
          </button>
        </form>
      ))}
    </section>
  );
}

function StaffCard({ view: { words, site, staff, today, faults, values } }: { view: ShopSettingsView }) {
  const text = words.day;
  return (
    <section class="card stack" id="staff">
      <h2>{text.staffTitle}</h2>
      {staff.length === 0 ? <p class="soft">{text.noStaff}</p> : null}
      <ul class="choices-list">
        {staff.map(({ id, name, certificate, expiresOn }) => (
          <li>
            <b>{name}</b> <span class="code small">{certificate}</span>
            <span class={`badge ${expiresOn < today ? 'overdue' : 'done'}`}>{expiresOn}</span>
            <form method="post" action={dayHref(site.id, `/staff/${id}/left`)}>
              <button class="btn small" type="submit" aria-label={`${text.left} ${name}`}>
                {text.left}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form class="stack" method="post" action={dayHref(site.id, '/staff')} novalidate>
        <Faults words={words} faults={faults} />
        <Field label={text.staffName} name="name" value={values['name']} faults={faults} autocomplete="off" />
        <Field
          label={text.certificate}
          name="certificate"
          value={values['certificate']}
          faults={faults}
          autocomplete="off"
        />
        <Field label={text.expiresOn} name="expiresOn" type="date" value={values['expiresOn']} faults={faults} />
        <button class="btn" type="submit">
          {text.addStaff}
        </button>
      </form>
    </section>
  );
}

function School({ view: { words, site, school } }: { view: ShopSettingsView }) {
  const text = words.day;
  return (
    <section class="card stack">
      <h2>{text.schoolTitle}</h2>
      <p class="small soft">{text.schoolLead}</p>
      {school === null ? null : (
        <p class="row">
          <a href={school.href}>{text.schoolLink}</a>
          <img src={school.qr} alt="" width={120} height={120} />
        </p>
      )}
      <form method="post" action={dayHref(site.id, '/school')}>
        <input type="hidden" name="step" value={school === null ? 'begin' : 'end'} />
        <button class="btn" type="submit">
          {school === null ? text.schoolBegin : text.schoolEnd}
        </button>
      </form>
    </section>
  );
}
