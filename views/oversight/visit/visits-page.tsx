// The inspector's visits: what is to do, nearest or riskiest first, and what waits on the phone to be sent.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ListBar, type Listed, ListPages, NoRows } from '../../parts/listing.tsx';
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, namedFaults, type PageView } from '../../trace/parts.tsx';
import { type VisitLine, VisitTable } from './visit-table.tsx';

export type PlaceChoice = { readonly id: string; readonly name: string | null; readonly nameEn: string | null };

export type VisitsView = PageView & {
  readonly visits: Listed<VisitLine>;
  readonly cut: 'cut' | 'whole';
  readonly asked: {
    readonly state: 'open' | 'closed' | 'off';
    readonly sort: 'risk' | 'near' | 'due';
    readonly who: 'mine' | 'all';
    readonly q: string;
    readonly near: string;
    readonly lat: string;
    readonly lon: string;
  };
  readonly isInspector: boolean;
  readonly mayEditList: boolean;
  readonly places: readonly PlaceChoice[];
  readonly merged: 'merged' | 'new' | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function VisitsPage(view: VisitsView) {
  const { words, here, viewer, asked, mayEditList, merged } = view;
  const text = words.visit;
  return (
    <Page
      words={words}
      title={text.listTitle}
      here={here}
      viewer={viewer}
      styles={['trace.css']}
      modules={['visits.js']}
    >
      <header class="stack">
        <h1>{text.listTitle}</h1>
        <p class="soft">{text.listLead}</p>
        <p class="row">
          <a href="/visits/closure">{text.closureLink}</a>
          {mayEditList ? <a href="/visits/check-list">{text.checkListLink}</a> : null}
        </p>
      </header>
      <VisitQueue words={words} viewerName={viewer?.name ?? ''} />
      {merged === 'merged' ? (
        <p class="note" role="status">
          <Icon name="info" />
          <span>{text.merged}</span>
        </p>
      ) : null}
      <div class="cols">
        <Tasks view={view} />
        <div class="stack">
          {asked.state === 'open' ? <Sorting view={view} /> : null}
          <PlanForm view={view} />
        </div>
      </div>
    </Page>
  );
}

function Tasks({ view: { words, here, visits, cut, asked, isInspector } }: { view: VisitsView }) {
  const text = words.visit;
  return (
    <section class="card stack">
      <nav class="tabs" aria-label={text.listTitle}>
        {(['open', 'closed', 'off'] as const).map((state) => (
          <a href={`/visits?state=${state}&who=${asked.who}`} aria-current={asked.state === state ? 'page' : undefined}>
            {text[state]}
          </a>
        ))}
        {isInspector
          ? (['mine', 'all'] as const).map((who) => (
              <a href={`/visits?state=${asked.state}&who=${who}`} aria-current={asked.who === who ? 'page' : undefined}>
                {who === 'mine' ? text.mine : text.everybody}
              </a>
            ))
          : null}
      </nav>
      <ListBar words={words} here={here} file="/visits.csv" />
      {visits.rows.length === 0 ? (
        <NoRows words={words} here={here}>
          <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
        </NoRows>
      ) : (
        <VisitTable words={words} here={here} visits={visits.rows} />
      )}
      <ListPages words={words} here={here} list={visits} cut={cut} />
    </section>
  );
}

/** What waits on this phone; shown and spoken by the scripts. */
export function VisitQueue({ words, viewerName }: { words: Texts; viewerName: string }) {
  const text = words.visit;
  return (
    <p
      class="note is-warn"
      id="queue"
      role="status"
      hidden
      data-owner={viewerName}
      data-waiting={text.waiting(1)}
      data-waiting-many={text.waiting(9)}
      data-sent={text.sent}
      data-kept={text.kept}
      data-refused={text.refused}
    >
      <Icon name="clock" />
      <span data-said />
      <button class="btn small" type="button" data-send>
        {text.sendNow}
      </button>
      <button class="btn small" type="button" data-drop hidden>
        {text.drop}
      </button>
    </p>
  );
}

function Sorting({ view: { words, asked, places } }: { view: VisitsView }) {
  const text = words.visit;
  return (
    <form class="card stack" method="get" action="/visits" data-sorting data-no-position={text.noPosition}>
      <h2>{text.sort}</h2>
      <input type="hidden" name="who" value={asked.who} />
      {asked.q === '' ? null : <input type="hidden" name="q" value={asked.q} />}
      <Field label={text.sort} name="sort">
        <select id={fieldId('sort')} name="sort">
          {(['risk', 'near', 'due'] as const).map((sort) => (
            <option value={sort} selected={asked.sort === sort}>
              {text.sorts[sort]}
            </option>
          ))}
        </select>
      </Field>
      <PlaceField words={words} label={text.near} name="near" places={places} chosen={asked.near} faults={[]} />
      <div class="side-by-side">
        <Field label={text.lat} name="lat" value={asked.lat} />
        <Field label={text.lon} name="lon" value={asked.lon} />
      </div>
      <p role="status" class="small" data-said />
      <div class="row">
        <button class="btn main" type="submit">
          {text.apply}
        </button>
        <button class="btn" type="button" data-here hidden>
          {text.here}
        </button>
      </div>
    </form>
  );
}

type PlaceFieldProps = {
  readonly words: Texts;
  readonly label: string;
  readonly name: string;
  readonly places: readonly PlaceChoice[];
  readonly chosen: string;
  readonly faults: readonly FieldFault[];
};

export function PlaceField({ words, label, name, places, chosen, faults }: PlaceFieldProps) {
  return (
    <Field label={label} name={name} faults={faults}>
      <select id={fieldId(name)} name={name}>
        <option value="">–</option>
        {places.map((place) => (
          <option value={place.id} selected={chosen === place.id}>
            {localName(words.lang, { name: place.name ?? place.id, nameEn: place.nameEn })}
          </option>
        ))}
      </select>
    </Field>
  );
}

function PlanForm({ view: { words, places, values, faults } }: { view: VisitsView }) {
  const text = words.visit;
  return (
    <form class="card stack" method="post" action="/visits" novalidate>
      <h2>{text.planTitle}</h2>
      <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place])} />
      <PlaceField
        words={words}
        label={text.site}
        name="site"
        places={places}
        chosen={values['site'] ?? ''}
        faults={faults}
      />
      <Field label={text.days} name="days" type="number" value={values['days'] ?? '7'} faults={faults} />
      <button class="btn" type="submit">
        {text.plan}
      </button>
    </form>
  );
}
