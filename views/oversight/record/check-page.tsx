// The check of a certificate: whether it was issued, and whether its grade still stands.
import { Page } from '../../parts/page.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';
import type { PublicRecord } from './record-data.ts';
import { GradeOrNone } from './record-page.tsx';

export type Issued = {
  readonly id: number;
  readonly grade: 'A' | 'B' | 'C';
  readonly at: number;
  readonly seq: number | null;
};
export type CheckView = PageView & { readonly record: PublicRecord; readonly issued: Issued | undefined };

export function CheckPage({ words, here, viewer, record, issued }: CheckView) {
  const text = words.record;
  const stands = issued !== undefined && issued.id === record.gradeId;
  return (
    <Page words={words} title={text.checkTitle} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.checkTitle}</h1>
        <p>{localName(words.lang, record)}</p>
      </header>
      <section class={`card rim stack ${stands ? 'is-good' : issued === undefined ? 'is-bad' : 'is-warn'}`}>
        <p>
          <b>{issued === undefined ? text.checkUnknown : saidOf(words, record, stands)}</b>
        </p>
        {issued === undefined ? null : <Said words={words} issued={issued} />}
        {record.closedOn === null ? (
          <p class="row">
            {text.now} <GradeOrNone words={words} grade={record.grade} size={36} />
          </p>
        ) : null}
        <p>
          <a class="btn" href={`/records/${encodeURIComponent(record.site)}`}>
            {text.full}
          </a>
        </p>
      </section>
    </Page>
  );
}

function saidOf(words: Texts, { closedOn }: PublicRecord, stands: boolean): string {
  if (closedOn !== null) return words.record.checkClosed(closedOn);
  return stands ? words.record.checkGood : words.record.checkOld;
}

function Said({ words, issued }: { words: Texts; issued: Issued }) {
  const text = words.record;
  return (
    <p class="row">
      {text.was} <GradeOrNone words={words} grade={issued.grade} size={36} />
      <span class="small soft">
        {formatDate(issued.at)}
        {issued.seq === null ? '' : ` · ${text.inLedger(issued.seq)}`}
      </span>
    </p>
  );
}
