// The daily list on the phone: ticked where the data answers, with its proof; one press for the rest, a line for each exception.
import { Faults, type FieldFault } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
import { type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';
import { badges, Head, Item, type ItemName, type ItemView, type StaffLine, type Values } from './day-item.tsx';

export type LineView = {
  readonly item: ItemName;
  readonly answer: 'proved' | 'confirmed' | 'exception' | 'unknown';
  readonly words: string | null;
  readonly values: Values;
};

export type PeriodView = {
  readonly kind: 'week' | 'month';
  readonly from: string;
  readonly until: string;
  readonly state: 'signed' | 'unsigned' | 'notOver';
};

export type DayView = PageView & {
  readonly site: PlaceName;
  readonly day: string;
  readonly items: readonly ItemView[];
  readonly lines: readonly LineView[];
  readonly done: {
    readonly state: 'done' | 'closed';
    readonly at: number;
    readonly by: string;
    readonly byEn: string | null;
  } | null;
  /** `do`: the reader is the officer; else why not. */
  readonly may: 'do' | 'officer' | 'nobody';
  readonly officer: { readonly name: string; readonly nameEn: string | null } | null;
  readonly isSchool: boolean;
  readonly staff: readonly StaffLine[];
  readonly mornings: readonly { readonly name: string; readonly state: 'well' | 'away' | 'unwell' }[];
  readonly missed: number;
  readonly periods: readonly PeriodView[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function dayHref(siteId: string, more = ''): string {
  return `/my/day/${encodeURIComponent(siteId)}${more}`;
}

export function DayPage(view: DayView) {
  const { words, here, viewer, site, day, done } = view;
  const text = words.day;
  return (
    <Page
      words={words}
      title={text.title}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css', 'day.css']}
    >
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">
          {placeName(words, site)} · {text.today(day)}
        </p>
        <p class="small soft">{text.lead}</p>
      </header>
      {done === null ? <OpenList view={view} /> : <DoneList view={view} />}
      <Periods view={view} />
      <p class="row">
        {view.isSchool ? (
          <a class="btn" href={dayHref(site.id, '/meals')}>
            {text.mealsLink}
          </a>
        ) : null}
        <a class="btn" href={dayHref(site.id, '/settings')}>
          {text.settings}
        </a>
      </p>
    </Page>
  );
}

function OpenList({ view }: { view: DayView }) {
  const { words, site, items, may, officer, faults } = view;
  const text = words.day;
  if (may !== 'do')
    return (
      <section class="card stack">
        <p class="note">
          <Icon name="info" />
          <span>{officer === null ? text.noOfficer : text.notOfficer(localName(words.lang, officer))}</span>
        </p>
        <div class="day-list">
          {items.map((item) => (
            <div class="day-item">
              <Head words={words} item={item} />
            </div>
          ))}
        </div>
      </section>
    );
  return (
    <>
      <form class="card stack" method="post" action={dayHref(site.id)} novalidate>
        <Faults words={words} faults={faults} />
        <div class="day-list">
          {items.map((item) => (
            <Item view={view} item={item} />
          ))}
        </div>
        <button class="btn main wide" type="submit" name="all" value="1">
          {text.all}
        </button>
        <p class="hint">{text.allHint}</p>
      </form>
      <form method="post" action={dayHref(site.id, '/closed')}>
        <button class="btn" type="submit">
          {text.closed}
        </button>
      </form>
    </>
  );
}

function DoneList({ view }: { view: DayView }) {
  const { words, lines, mornings, done, may } = view;
  const text = words.day;
  if (done === null) return null;
  const said = done.state === 'closed' ? text.closedDone : text.done;
  return (
    <section class="card stack">
      <p class="note">
        <Icon name="check" />
        <span>
          {said(formatMoment(done.at, words.lang), localName(words.lang, { name: done.by, nameEn: done.byEn }))}
        </span>
      </p>
      <div class="day-list">
        {lines.map((line) => (
          <div class="day-item">
            <span class="day-head">
              <b>{text.items[line.item]}</b>
              <span class={`badge ${badges[line.answer][0]}`}>
                <Icon name={badges[line.answer][1]} />
                {text.answers[line.answer]}
              </span>
            </span>
            <span class="small soft lines">
              {line.words ?? (Object.keys(line.values).length === 0 ? '' : text.facts[line.item](line.values))}
            </span>
            {line.item === 'morning' && mornings.length > 0 ? (
              <span class="small soft">
                {mornings
                  .map(({ name, state }) => `${name} ${text.mornings[state]}`)
                  .join(words.lang === 'en' ? ', ' : '、')}
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {may === 'do' ? <AddLine view={view} /> : null}
    </section>
  );
}

function AddLine({ view: { words, site, faults } }: { view: DayView }) {
  const text = words.day;
  return (
    <details>
      <summary>{text.addTitle}</summary>
      <form class="stack" method="post" action={dayHref(site.id, '/lines')}>
        <Faults words={words} faults={faults} />
        <div class="field">
          <label for="f-item">{text.item}</label>
          <select id="f-item" name="item">
            {Object.entries(text.items).map(([item, name]) => (
              <option value={item}>{name}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="f-words">{text.what}</label>
          <input id="f-words" name="words" maxlength={500} required />
        </div>
        <button class="btn main" type="submit">
          {text.add}
        </button>
      </form>
    </details>
  );
}

function Periods({ view: { words, site, missed, periods } }: { view: DayView }) {
  const text = words.day;
  const tones = { signed: 'done', unsigned: 'due', notOver: 'offline' } as const;
  return (
    <section class="card stack">
      <div class="row spread">
        <h2>{text.reports}</h2>
        <span class={`badge ${missed > 0 ? 'overdue' : 'done'}`}>
          {missed > 0 ? text.missedDays(missed) : text.noGaps}
        </span>
      </div>
      <ul class="choices-list">
        {periods.map(({ kind, from, until, state }) => (
          <li>
            <a href={dayHref(site.id, `/${kind}/${from}`)}>
              {kind === 'week' ? text.week(from, until) : text.month(from.slice(0, 7))}
            </a>
            <span class={`badge ${tones[state]}`}>{text[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
