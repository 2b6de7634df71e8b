// The sweep: streets with what is left of them, the shops registered, and one street door by door.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, namedFaults, type PageView } from '../../trace/parts.tsx';

export type StreetLine = {
  readonly id: number;
  readonly name: string;
  readonly doors: number;
  readonly unswept: number;
};
export type ShopStateName = keyof Texts['sweep']['states'];
export type ShopLine = {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly state: ShopStateName;
};

export type SweepView = PageView & {
  readonly streets: readonly StreetLine[];
  readonly shops: readonly ShopLine[];
  readonly districts: readonly { readonly id: number; readonly name: string; readonly nameEn: string | null }[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function SweepPage(view: SweepView) {
  const { words, here, viewer, streets, shops } = view;
  const text = words.sweep;
  return (
    <Page words={words} title={text.listTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.listTitle}</h1>
        <p class="soft">{text.listLead}</p>
        <p>
          <a class="btn main" href="/sweep/shops/new">
            {text.newShop}
          </a>{' '}
          <a class="btn" href="/sweep/left">
            {text.leftTitle}
          </a>
        </p>
      </header>
      <div class="cols">
        <div class="stack">
          <section class="card stack">
            <h2>{text.streets}</h2>
            {streets.length === 0 ? <EmptyState title={text.emptyStreets} lead={text.emptyStreetsLead} /> : null}
            <ul class="plain-list stack">
              {streets.map((street) => (
                <li class="row spread">
                  <a href={`/sweep/streets/${street.id}`}>{street.name}</a>
                  <span class="small soft">
                    {street.unswept === 0 ? text.done : text.left(street.unswept, street.doors)}
                  </span>
                </li>
              ))}
            </ul>
          </section>
          <section class="card stack">
            <h2>{text.shops}</h2>
            {shops.length === 0 ? <p class="soft">{text.emptyShops}</p> : null}
            <ul class="plain-list stack">
              {shops.map((shop) => (
                <li class="row spread">
                  <span>
                    <a href={`/sweep/shops/${shop.id}`}>{shop.name}</a> <span class="small soft">{shop.address}</span>
                  </span>
                  <ShopBadge words={words} state={shop.state} />
                </li>
              ))}
            </ul>
          </section>
        </div>
        <StreetForm view={view} />
      </div>
    </Page>
  );
}

const badges = { approved: ['done', 'check'], waiting: ['due', 'clock'], refused: ['overdue', 'slash'] } as const;

export function ShopBadge({ words, state }: { words: Texts; state: ShopStateName }) {
  const [tone, icon] = badges[state];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.sweep.states[state]}
    </span>
  );
}

function StreetForm({ view: { words, districts, values, faults } }: { view: SweepView }) {
  const text = words.sweep;
  return (
    <form class="card stack" method="post" action="/sweep/streets" novalidate>
      <h2>{text.addStreet}</h2>
      <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place])} />
      <Field label={text.streetName} name="name" value={values['name']} faults={faults} />
      {districts.length === 0 ? null : (
        <Field label={text.district} name="district">
          <select id={fieldId('district')} name="district">
            <option value="">{text.noDistrict}</option>
            {districts.map((district) => (
              <option value={String(district.id)} selected={values['district'] === String(district.id)}>
                {localName(words.lang, district)}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field label={text.doors} name="doors" hint={text.doorsHint} faults={faults}>
        <textarea id={fieldId('doors')} name="doors" rows={6} aria-describedby="f-doors-hint">
          {values['doors'] ?? ''}
        </textarea>
      </Field>
      <button class="btn" type="submit">
        {text.save}
      </button>
    </form>
  );
}

export type DoorLine = {
  readonly id: number;
  readonly label: string;
  readonly state: keyof Texts['sweep']['doorStates'];
  readonly shopId: number | null;
};

export type StreetView = PageView & { readonly street: StreetLine; readonly doors: readonly DoorLine[] };

export function StreetPage({ words, here, viewer, street, doors }: StreetView) {
  const text = words.sweep;
  return (
    <Page words={words} title={street.name} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <h1>{street.name}</h1>
        <p class="soft">{street.unswept === 0 ? text.done : text.left(street.unswept, street.doors)}</p>
      </header>
      <section class="card stack">
        <ul class="plain-list stack">
          {doors.map((door) => (
            <DoorItem words={words} door={door} />
          ))}
        </ul>
      </section>
    </Page>
  );
}

function DoorItem({ words, door }: { words: Texts; door: DoorLine }) {
  const text = words.sweep;
  return (
    <li class="stack">
      <span class="row spread">
        <b>{door.label}</b>
        {door.shopId === null ? (
          <span class="small soft">{text.doorStates[door.state]}</span>
        ) : (
          <a href={`/sweep/shops/${door.shopId}`}>{text.doorStates[door.state]}</a>
        )}
      </span>
      {door.state === 'registered' ? null : (
        <form class="row" method="post" action={`/sweep/doors/${door.id}`}>
          <a
            class="btn main small"
            href={`/sweep/shops/new?door=${door.id}`}
            aria-label={`${text.register} ${door.label}`}
          >
            {text.register}
          </a>
          <button class="btn" type="submit" name="state" value="shut" aria-label={`${text.markShut} ${door.label}`}>
            {text.markShut}
          </button>
          <button
            class="btn"
            type="submit"
            name="state"
            value="unwilling"
            aria-label={`${text.markUnwilling} ${door.label}`}
          >
            {text.markUnwilling}
          </button>
        </form>
      )}
    </li>
  );
}
