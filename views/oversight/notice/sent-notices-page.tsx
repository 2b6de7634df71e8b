// Notices that were sent: how many got and read each, and what has not arrived.
import { Page } from '../../parts/page.tsx';
import { formatMoment, formatTime } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
import { EmptyState, type PageView, When } from '../../trace/parts.tsx';
import { inWords, type NoticeCard } from './notices-page.tsx';

type SentCard = Omit<NoticeCard, 'readAt'>;

export type SentNoticesView = PageView & {
  readonly notices: readonly (SentCard & {
    readonly readers: number;
    readonly read: number;
    readonly waiting: number;
    readonly dead: number;
  })[];
  readonly told: number | null;
  readonly next: string | null;
};

export function SentNoticesPage({ words, here, viewer, notices, told, next }: SentNoticesView) {
  const text = words.notices;
  return (
    <Page words={words} title={text.sent} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.sent}</h1>
        <p class="soft">{text.sentLead}</p>
      </header>
      {told === null ? null : (
        <p class="toast still" role="status">
          {text.doneSent(told)}
        </p>
      )}
      <p>
        <a class="btn main" href="/notices/new">
          {text.write}
        </a>
      </p>
      <section class="card stack">
        {notices.length === 0 ? <EmptyState title={text.sentEmpty} lead={text.sentEmptyLead} /> : null}
        {notices.length === 0 ? null : (
          <table class="cards">
            <caption class="hide">{text.sent}</caption>
            <thead>
              <tr>
                {Object.values(text.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {notices.map((notice) => (
                <tr>
                  <th scope="row">
                    <a href={`/notices/sent/${notice.id}`}>{inWords(words, notice.title, notice.titleEn)}</a>
                  </th>
                  <td data-l={text.columns.kind}>{text.kinds[notice.kind]}</td>
                  <td data-l={text.columns.readers}>{notice.readers}</td>
                  <td data-l={text.columns.readCount}>{notice.read}</td>
                  <td data-l={text.columns.undelivered}>{notice.waiting + notice.dead}</td>
                  <td data-l={text.columns.at} class="soft small nowrap">
                    <When at={notice.at} words={words} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
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

export type SentNoticeView = PageView & {
  readonly notice: SentCard;
  readonly receipts: readonly {
    readonly accountId: number;
    readonly name: string;
    readonly nameEn: string | null;
    readonly readAt: number | null;
  }[];
  readonly counts: { readonly read: number; readonly all: number };
  readonly deliveries: readonly {
    readonly id: number;
    readonly accountId: number;
    readonly channel: 'email' | 'webhook';
    readonly state: 'waiting' | 'sent' | 'dead';
    readonly attempts: number;
    readonly nextTryAt: number;
    readonly fault: string | null;
  }[];
};

export function SentNoticePage(view: SentNoticeView) {
  const { words, here, viewer, notice, receipts, counts } = view;
  const text = words.notices;
  const title = inWords(words, notice.title, notice.titleEn);
  return (
    <Page words={words} title={title} here={here} viewer={viewer} styles={['trace.css']}>
      <article class="card stack">
        <h1>{title}</h1>
        <p class="small soft">
          {text.kinds[notice.kind]} · {formatMoment(notice.at, words.lang)}
        </p>
        <p class="lines">{inWords(words, notice.body, notice.bodyEn)}</p>
      </article>
      <section class="card stack">
        <h2>{text.receipts}</h2>
        <p>{text.receiptLine(counts.read, counts.all)}</p>
        <ul class="choices-list">
          {receipts.map((receipt) => (
            <li>
              {localName(words.lang, receipt)}
              <span class={`badge ${receipt.readAt === null ? 'due' : 'done'}`}>
                {receipt.readAt === null ? text.unread : text.readAt(formatTime(receipt.readAt, words.lang))}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Deliveries view={view} />
    </Page>
  );
}

function Deliveries({ view: { words, notice, deliveries, receipts } }: { view: SentNoticeView }) {
  const text = words.notices;
  if (deliveries.length === 0) return null;
  const nameOf = new Map(receipts.map((receipt) => [receipt.accountId, localName(words.lang, receipt)]));
  const tones = { waiting: 'due', sent: 'done', dead: 'overdue' } as const;
  return (
    <section class="card stack">
      <h2>{text.deliveries}</h2>
      <ul class="choices-list">
        {deliveries.map(({ id, accountId, channel, state, attempts, nextTryAt, fault }) => (
          <li>
            {nameOf.get(accountId)} · {text.channels[channel]}
            <span class="small soft">
              {text.attempts} {attempts}
              {state === 'waiting' ? ` · ${text.nextTry} ${formatTime(nextTryAt, words.lang)}` : ''}
              {fault === null ? '' : ` · ${text.fault}: ${fault}`}
            </span>
            <span class={`badge ${tones[state]}`}>{text.deliveryStates[state]}</span>
            {state === 'dead' ? (
              <form method="post" action={`/notices/sent/${notice.id}/deliveries/${id}/revived`}>
                <button class="btn small" type="submit">
                  {text.again}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
