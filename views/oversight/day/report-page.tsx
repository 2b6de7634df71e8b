// A weekly report or monthly note: as it would be signed, or as it was; it prints as paper with a line to sign on.
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';
import type { ItemName } from './day-item.tsx';
import { dayHref } from './day-page.tsx';

type Office = keyof Texts['day']['offices'];
type Person = { readonly name: string; readonly nameEn: string | null };

export type ReportView = PageView & {
  readonly site: PlaceName;
  readonly body: {
    readonly kind: 'week' | 'month';
    readonly from: string;
    readonly until: string;
    readonly days: readonly { readonly day: string; readonly state: 'done' | 'closed' | 'missed' }[];
    readonly answers: Readonly<Record<string, number>>;
    readonly exceptions: readonly { readonly day: string; readonly item: ItemName; readonly words: string }[];
    readonly unknown: readonly { readonly item: ItemName; readonly times: number }[];
    readonly figures: Readonly<Record<string, number>>;
    readonly weeks: readonly { readonly from: string; readonly hash: string | null }[];
  };
  readonly hash: string;
  readonly office: Office;
  readonly signed: (Person & { readonly at: number }) | null;
  /** Null: nobody is named. */
  readonly signer: Person | null;
  readonly may: 'sign' | 'wait' | 'no';
};

export function ReportPage(view: ReportView) {
  const { words, here, viewer, site, body } = view;
  const text = words.day.report;
  return (
    <Page
      words={words}
      title={text.title[body.kind]}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css', 'day.css']}
      scripts={['scan.js']}
    >
      <article class="card stack report">
        <h1>{text.title[body.kind]}</h1>
        <p class="soft small">{text.lead}</p>
        <dl class="facts">
          <dt>{words.day.shop}</dt>
          <dd>{placeName(words, site)}</dd>
          <dt>{text.period}</dt>
          <dd>
            {body.from} – {body.until}
          </dd>
        </dl>
        <Days view={view} />
        <Counts view={view} />
        <Exceptions view={view} />
        {body.weeks.length === 0 ? null : <Weeks view={view} />}
        <Signature view={view} />
      </article>
      <p class="no-print">
        <a href={dayHref(site.id)}>{words.common.back}</a>
      </p>
    </Page>
  );
}

function Days({ view: { words, body } }: { view: ReportView }) {
  const text = words.day.report;
  const tones = { done: 'done', closed: 'offline', missed: 'overdue' } as const;
  return (
    <section class="stack">
      <h2>{text.days}</h2>
      {body.days.length === 0 ? <p class="soft">{text.noDays}</p> : null}
      <ul class="day-cells">
        {body.days.map(({ day, state }) => (
          <li>
            <span class="small">{day.slice(5)}</span>{' '}
            <span class={`badge ${tones[state]}`}>{text.dayStates[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Counts({ view: { words, body } }: { view: ReportView }) {
  const text = words.day.report;
  const rows = [
    ...Object.entries(words.day.answers).map(([name, label]) => ({ label, value: body.answers[name] ?? 0 })),
    ...Object.entries(text.figureNames).map(([name, label]) => ({ label, value: body.figures[name] ?? 0 })),
  ];
  return (
    <section class="stack">
      <h2>{text.figures}</h2>
      <dl class="facts">
        {rows.map(({ label, value }) => (
          <>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function Exceptions({ view: { words, body } }: { view: ReportView }) {
  const { report: text, items } = words.day;
  return (
    <section class="stack">
      <h2>{text.exceptions}</h2>
      {body.exceptions.length === 0 ? <p class="soft">{text.noExceptions}</p> : null}
      <ul class="plain-list">
        {body.exceptions.map(({ day, item, words: said }) => (
          <li>
            <b>
              {day.slice(5)} {items[item]}
            </b>{' '}
            {said}
          </li>
        ))}
      </ul>
      {body.unknown.length === 0 ? null : (
        <>
          <h2>{text.unknown}</h2>
          <ul class="plain-list">
            {body.unknown.map(({ item, times }) => (
              <li>
                {items[item]}: {text.times(times)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Weeks({ view: { words, body, site } }: { view: ReportView }) {
  const { report: text, signed, unsigned } = words.day;
  return (
    <section class="stack">
      <h2>{text.weeks}</h2>
      <ul class="choices-list">
        {body.weeks.map(({ from, hash }) => (
          <li>
            <a href={dayHref(site.id, `/week/${from}`)}>{from}</a>
            <span class={`badge ${hash === null ? 'overdue' : 'done'}`}>{hash === null ? unsigned : signed}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Signature({ view }: { view: ReportView }) {
  const { words, site, body, hash, office, signed, signer, may } = view;
  const { report: text, offices } = words.day;
  return (
    <section class="stack">
      {signed === null ? null : (
        <>
          <p class="note">
            <Icon name="seal" />
            <span>
              {text.signedBy(offices[office], localName(words.lang, signed), formatMoment(signed.at, words.lang))}
            </span>
          </p>
          <p class="small soft">
            {text.hash} <span class="code day-hash">{hash}</span>
          </p>
          <p class="only-print">
            {text.signature} <span class="sign-line"></span>
          </p>
          <p class="no-print">
            <button class="btn" type="button" data-print hidden>
              <Icon name="print" />
              {text.print}
            </button>
          </p>
        </>
      )}
      {signed === null && signer === null ? <p class="note">{text.nobody(offices[office])}</p> : null}
      {signed === null && signer !== null && may !== 'sign' ? (
        <p class="note">
          {may === 'wait' ? text.early(body.until) : text.mustSign(offices[office], localName(words.lang, signer))}
        </p>
      ) : null}
      {signed === null && may === 'sign' ? (
        <form class="stack" method="post" action={dayHref(site.id, `/${body.kind}/${body.from}`)}>
          <input type="hidden" name="hash" value={hash} />
          <button class="btn main wide" type="submit">
            {text.sign}
          </button>
          <p class="hint">{text.signHint}</p>
        </form>
      ) : null}
    </section>
  );
}
