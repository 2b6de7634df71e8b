// What a person was told: the list, and one notice.
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { EmptyState, type PageView, When } from '../../trace/parts.tsx';

export type NoticeCard = {
  readonly id: number;
  readonly kind: string;
  readonly title: string;
  readonly titleEn: string | null;
  readonly body: string;
  readonly bodyEn: string | null;
  readonly href: string | null;
  readonly by: string | null;
  readonly byEn: string | null;
  readonly at: number;
  readonly readAt: number | null;
};

export function inWords(words: Texts, zh: string, en: string | null): string {
  return words.lang === 'en' && en !== null ? en : zh;
}

export type NoticesView = PageView & {
  readonly notices: readonly NoticeCard[];
  readonly mayWrite: 'write' | 'read';
  readonly next: string | null;
};

export function NoticesPage({ words, here, viewer, notices, mayWrite, next }: NoticesView) {
  const text = words.notices;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <p class="row">
          {mayWrite === 'write' ? (
            <>
              <a class="btn" href="/notices/new">
                {text.write}
              </a>
              <a class="btn" href="/notices/sent">
                {text.sent}
              </a>
            </>
          ) : null}
          <a class="btn" href="/notices/settings">
            {text.settings}
          </a>
        </p>
      </header>
      <section class="card stack">
        {notices.length === 0 ? <EmptyState title={text.empty} lead={text.emptyLead} /> : null}
        <ul class="choices-list">
          {notices.map((notice) => (
            <li>
              <a href={`/notices/${notice.id}`}>{inWords(words, notice.title, notice.titleEn)}</a>
              <span class="small soft">
                {text.kinds[notice.kind]} · <When at={notice.at} words={words} />
              </span>
              {notice.readAt === null ? (
                <span class="badge due">{text.unread}</span>
              ) : (
                <span class="badge done">{text.read}</span>
              )}
            </li>
          ))}
        </ul>
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

export function NoticePage({ words, here, viewer, notice }: PageView & { readonly notice: NoticeCard }) {
  const text = words.notices;
  const title = inWords(words, notice.title, notice.titleEn);
  const author = notice.by === null ? text.house : inWords(words, notice.by, notice.byEn);
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <article class="card rim stack">
        <h1 class="title">{title}</h1>
        <p class="small soft">
          {text.kinds[notice.kind]} · {text.from} {author} · {formatMoment(notice.at, words.lang)}
        </p>
        <p class="lines">{inWords(words, notice.body, notice.bodyEn)}</p>
        {notice.href === null ? null : (
          <p>
            <a class="btn main" href={notice.href}>
              {text.open}
            </a>
          </p>
        )}
      </article>
      <p>
        <a href="/notices">{words.common.back}</a>
      </p>
    </Page>
  );
}
