// Lists of complaints: the inspector's by state, and a shop's published ones.
import { Page } from '../parts/page.tsx';
import { formatMoment } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';
import { EmptyState, type PageView, type PlaceName, placeName, When } from '../trace/parts.tsx';
import { productOf } from '../trace/product-name.ts';
import {
  ComplaintBadge,
  type ComplaintKindName,
  type ComplaintStateName,
  type ComplaintStepName,
} from './complaint-parts.tsx';

import {
  MediationCard,
  type MediationForm,
  type MediationShown,
  type RoutedShown,
  routedText,
  StageBadge,
} from './mediation-card.tsx';

export type ComplaintLine = {
  readonly id: number;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly kind: ComplaintKindName;
  readonly words: string;
  readonly site: PlaceName | null;
  readonly state: ComplaintStateName;
  readonly at: number;
  readonly routed: RoutedShown;
  readonly settling: Pick<MediationShown, 'stage' | 'dueAt' | 'overdue'> | null;
};

export type ComplaintsView = PageView & {
  readonly complaints: readonly ComplaintLine[];
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly next: string | null;
  /** Ended in the last ninety days, and how. */
  readonly settled: {
    readonly ended: number;
    readonly alone: number;
    readonly mediated: number;
    readonly overdue: number;
  };
};

const states = ['new', 'looked', 'answered', 'closed'] as const;
const shownWords = 80;

export function ComplaintsPage({ words, here, viewer, complaints, state, counts, next, settled }: ComplaintsView) {
  const text = words.complaints;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <Page words={words} title={text.listTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.listTitle}</h1>
        <p class="soft">{text.listLead}</p>
        <div class="row">
          <a class="btn main" href="/complaints/new">
            {words.mediation.clerkTitle}
          </a>
          <a class="btn" href="/complaints/routing">
            {words.mediation.routingTitle}
          </a>
        </div>
      </header>
      <SettledCard words={words} settled={settled} />
      <section class="card stack">
        <nav class="tabs" aria-label={text.state}>
          <a href="/complaints" aria-current={state === '' ? 'page' : undefined}>
            {text.all} <span class="count">{all}</span>
          </a>
          <a href="/complaints?first=1" aria-current={state === 'first' ? 'page' : undefined}>
            {words.mediation.first}
          </a>
          {states.map((each) => (
            <a href={`/complaints?state=${each}`} aria-current={state === each ? 'page' : undefined}>
              {text.states[each]} <span class="count">{counts[each] ?? 0}</span>
            </a>
          ))}
        </nav>
        {complaints.length === 0 ? (
          <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
        ) : (
          <ComplaintTable words={words} complaints={complaints} />
        )}
        {next === null ? null : (
          <p>
            <a class="btn" href={next}>
              {text.older}
            </a>
          </p>
        )}
      </section>
    </Page>
  );
}

function SettledCard({ words, settled }: { words: Texts; settled: ComplaintsView['settled'] }) {
  const text = words.mediation;
  const { ended, alone, mediated, overdue } = settled;
  const share = ended === 0 ? '' : `${Math.round(((alone + mediated) / ended) * 100)} %`;
  return (
    <section class="card stack">
      <h2>{text.settledTitle}</h2>
      <p>{ended === 0 ? text.noSettled : text.settled(share, alone, mediated, ended)}</p>
      {overdue === 0 ? null : <p class="badge overdue">{text.overdueNow(overdue)}</p>}
    </section>
  );
}

function ComplaintTable({ words, complaints }: { words: Texts; complaints: readonly ComplaintLine[] }) {
  const text = words.complaints;
  return (
    <table class="cards">
      <caption class="hide">{text.listTitle}</caption>
      <thead>
        <tr>
          <th scope="col">{text.kind}</th>
          <th scope="col">{text.state}</th>
          <th scope="col">{words.mediation.desk}</th>
          <th scope="col">{text.lot}</th>
          <th scope="col">{text.words}</th>
          <th scope="col">{text.site}</th>
          <th scope="col">{text.time}</th>
        </tr>
      </thead>
      <tbody>
        {complaints.map((complaint) => (
          <tr>
            <th scope="row">
              <a href={`/complaints/${complaint.id}`}>{text.kinds[complaint.kind]}</a>
            </th>
            <td class="now">
              <ComplaintBadge words={words} state={complaint.state} />
            </td>
            <td data-l={words.mediation.desk} class="small">
              {routedText(words, complaint.routed)}{' '}
              {complaint.settling === null ? null : (
                <StageBadge words={words} mediation={{ ...complaint.settling, dueAt: null }} />
              )}
            </td>
            <td data-l={text.lot}>
              {complaint.batch === '' ? '–' : productOf(words, complaint)}{' '}
              <span class="code small soft">{complaint.batch}</span>
            </td>
            <td data-l={text.words} class="soft">
              {complaint.words.length > shownWords ? `${complaint.words.slice(0, shownWords)}…` : complaint.words}
            </td>
            <td data-l={text.site}>{complaint.site === null ? '–' : placeName(words, complaint.site)}</td>
            <td data-l={text.time} class="soft small nowrap">
              <When at={complaint.at} words={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export type MyComplaint = ComplaintLine & {
  readonly mine: { readonly mediation: MediationShown; readonly form: MediationForm } | undefined;
  readonly answers: readonly { readonly kind: ComplaintStepName; readonly words: string; readonly at: number }[];
};

export function MyComplaintsPage({
  words,
  here,
  viewer,
  complaints,
}: PageView & { readonly complaints: readonly MyComplaint[] }) {
  const text = words.complaints;
  return (
    <Page words={words} title={text.myTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.myTitle}</h1>
        <p class="soft">{text.myLead}</p>
      </header>
      {complaints.length === 0 ? <EmptyState title={text.myEmptyTitle} lead={text.myEmptyLead} /> : null}
      {complaints.map((complaint) => (
        <section class="card stack">
          <div class="row spread">
            <h2>{text.kinds[complaint.kind]}</h2>
            <ComplaintBadge words={words} state={complaint.state} />
          </div>
          <p class="small soft">
            {complaint.site === null ? '' : placeName(words, complaint.site)} · {productOf(words, complaint)}{' '}
            <span class="code">{complaint.batch}</span> · {formatMoment(complaint.at, words.lang)}
          </p>
          <p class="lines">{complaint.words}</p>
          {complaint.answers.map((answer) => (
            <p class="note small">
              <span>
                <b>{text.answer}</b> {answer.words} <span class="faint">{formatMoment(answer.at, words.lang)}</span>
              </span>
            </p>
          ))}
          {complaint.mine === undefined ? null : <MediationCard words={words} {...complaint.mine} />}
        </section>
      ))}
    </Page>
  );
}
