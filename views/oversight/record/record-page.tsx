// A kitchen's public record: grade, whether it is live, its orders and how they ended, visits, recalls.
import type { Child } from 'hono/jsx';
import { ClosedNote } from '../../parts/closed-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';
import { GradeFace } from '../risk/grade-face.tsx';
import type { PublicRecord } from './record-data.ts';

export type RecordView = PageView & {
  readonly record: PublicRecord;
  /** A violation in the reader's language. */
  readonly named: (violation: string) => string;
  readonly at: number;
  /** Where the server is reached from outside. */
  readonly origin: string;
};

export function RecordPage({ words, here, viewer, record, named, origin }: RecordView) {
  const text = words.record;
  const name = localName(words.lang, record);
  return (
    <Page
      words={words}
      title={`${name} · ${text.title}`}
      here={here}
      viewer={viewer}
      styles={['oversight.css']}
      preview={{ description: text.lead, origin }}
    >
      <Head words={words} record={record} />
      <Facts words={words} record={record} />
      <Orders words={words} record={record} named={named} />
      <Lines words={words} title={text.visits} empty={text.noVisits}>
        {record.visits.map(({ result, at }) => (
          <Line at={at}>{result === null ? '–' : text.results[result]}</Line>
        ))}
      </Lines>
      <Lines words={words} title={text.recalls} empty={text.noRecalls}>
        {record.recalls.map(({ product, productEn, state, answer, at }) => (
          <Line at={at}>
            {words.lang === 'en' ? (productEn ?? product) : product} · {text.recallStates[state]} ·{' '}
            {text.answers[answer]}
          </Line>
        ))}
      </Lines>
    </Page>
  );
}

function Head({ words, record }: Pick<RecordView, 'words' | 'record'>) {
  const text = words.record;
  const name = localName(words.lang, record);
  const base = `/records/${encodeURIComponent(record.site)}`;
  return (
    <header class="stack">
      <p class="small">
        <a href="/records">{text.title}</a>
      </p>
      <h1>{name}</h1>
      {record.formerNames.length === 0 ? null : (
        <p class="small soft">
          {words.standing.formerly(
            record.formerNames.map((former) => localName(words.lang, former)).join(words.lang === 'en' ? ', ' : '、'),
          )}
        </p>
      )}
      <ClosedNote words={words} day={record.closedOn} />
      <p class="row">
        {record.closedOn === null ? (
          <>
            <GradeOrNone words={words} grade={record.grade} size={56} />
            <LiveBadge words={words} record={record} />
          </>
        ) : null}
        {record.dineIn === 1 ? null : <span class="badge unsure">{text.noDineIn}</span>}
      </p>
      <p class="small soft">{text.brightRule}</p>
      <p class="row no-print">
        {record.gradeId === null ? null : (
          <>
            <a class="btn small" href={`${base}/certificate`}>
              {text.certificate}
            </a>
            <a class="btn small" href={`${base}/sign`}>
              {text.sign}
            </a>
          </>
        )}
        <a class="btn small" href="/risk/rules">
          {text.rules}
        </a>
        {/^\d{13}$/.test(record.site) ? (
          <a class="btn small" href={`/reports/new?code=${encodeURIComponent(`/414/${record.site}`)}`}>
            <Icon name="flag" />
            {words.trace.diner.report}
          </a>
        ) : null}
      </p>
    </header>
  );
}

function Facts({ words, record }: { words: Texts; record: PublicRecord }) {
  const text = words.record;
  const { licence, licenceUntil, address, addressEn, district, districtEn, credit } = record;
  const inEnglish = words.lang === 'en';
  return (
    <section class="card">
      <dl class="facts">
        <dt>{text.credit}</dt>
        <dd>{credit}</dd>
        <dt>{text.licence}</dt>
        <dd>
          {licence} {licenceUntil === null ? '' : <span class="soft">{text.until(licenceUntil)}</span>}
        </dd>
        <dt>{text.address}</dt>
        <dd>
          {(inEnglish ? addressEn : null) ?? address}{' '}
          <span class="soft">{(inEnglish ? (districtEn ?? district) : district) ?? ''}</span>
        </dd>
      </dl>
    </section>
  );
}

function Orders({ words, record, named }: Pick<RecordView, 'words' | 'record' | 'named'>) {
  const text = words.record;
  if (record.orders.length === 0)
    return (
      <section class="card stack">
        <h2>{text.orders}</h2>
        <p class="soft">{text.noOrders}</p>
      </section>
    );
  return (
    <section class="card stack">
      <h2>{text.orders}</h2>
      <table class="cards">
        <caption class="hide">{text.orders}</caption>
        <thead>
          <tr>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.state}</th>
            <th scope="col">{text.at}</th>
          </tr>
        </thead>
        <tbody>
          {record.orders.map(({ violation, state, at, closedAt, late }) => (
            <tr>
              <th scope="row">{state === 'withdrawn' ? text.withdrawn : named(violation)}</th>
              <td data-l={text.state}>
                {text.states[state]}
                {late === 1 && state !== 'withdrawn' ? ` · ${text.late}` : ''}
              </td>
              <td data-l={text.at} class="small soft">
                {formatDate(at)}
                {closedAt === null ? '' : ` – ${formatDate(closedAt)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Lines({ title, empty, children }: { words: Texts; title: string; empty: string; children: readonly Child[] }) {
  return (
    <section class="card stack">
      <h2>{title}</h2>
      {children.length === 0 ? <p class="soft">{empty}</p> : <ul class="plain stack">{children}</ul>}
    </section>
  );
}

function Line({ at, children }: { at: number; children?: Child }) {
  return (
    <li>
      <span class="small soft">{formatDate(at)}</span> {children}
    </li>
  );
}

export function GradeOrNone({ words, grade, size }: { words: Texts; grade: PublicRecord['grade']; size: number }) {
  return grade === null ? (
    <span class="soft">{words.record.noGrade}</span>
  ) : (
    <GradeFace words={words} grade={grade} size={size} />
  );
}

export function LiveBadge({ words, record }: { words: Texts; record: Pick<PublicRecord, 'live' | 'cameras'> }) {
  const text = words.record;
  if (record.live > 0)
    return (
      <span class="badge online">
        <Icon name="live" />
        {text.bright} · {text.liveOf(record.live, record.cameras)}
      </span>
    );
  return (
    <span class="badge offline">
      <Icon name="cameraoff" />
      {record.cameras === 0 ? text.noCamera : text.notLive}
    </span>
  );
}
