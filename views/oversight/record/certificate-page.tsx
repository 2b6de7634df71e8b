// A certificate or a door sign to print: the grade, and a code that anybody can check it with.
import { Page } from '../../parts/page.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';
import type { PublicRecord } from './record-data.ts';
import { GradeOrNone } from './record-page.tsx';

export type CertificateView = PageView & {
  readonly record: PublicRecord;
  readonly form: 'certificate' | 'sign';
  /** The code as the address of an image. */
  readonly code: string;
  readonly printedAt: number;
};

export function CertificatePage({ words, here, viewer, record, form, code, printedAt }: CertificateView) {
  const text = words.record;
  const title = form === 'sign' ? text.signTitle : text.certificateTitle;
  const foot = form === 'sign' ? text.signFoot : text.certificateFoot;
  return (
    <Page words={words} title={title} here={here} viewer={viewer} styles={['oversight.css']}>
      <article class="card stack certificate">
        <h1>{title}</h1>
        <p class="figure-value">{localName(words.lang, record)}</p>
        <p>
          <GradeOrNone words={words} grade={record.grade} size={128} />
        </p>
        {form === 'sign' ? null : (
          <p class="small">
            {text.licence} {record.licence} · {(words.lang === 'en' ? record.addressEn : null) ?? record.address}
          </p>
        )}
        <img class="qr" src={code} alt={foot} />
        <p>{foot}</p>
        <p class="small soft">
          {record.gradeSince === null ? '' : `${text.issuedAt(formatDate(record.gradeSince))} · `}
          {text.printedAt(formatDate(printedAt))}
        </p>
      </article>
      <p class="row no-print">
        <a class="btn" href={`/records/${encodeURIComponent(record.site)}`}>
          {words.common.back}
        </a>
      </p>
    </Page>
  );
}
