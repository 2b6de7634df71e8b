// The form of a laboratory test: what was looked for, by whom, when, with what result, and the report as a file.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import type { PageView } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';

export type LabTestView = PageView & {
  readonly lot: {
    readonly id: number;
    readonly batch: string;
    readonly productName: string | null;
    readonly productNameEn: string | null;
  };
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly now: number;
};

export function LabTestPage({ words, here, viewer, lot, values, faults, now }: LabTestView) {
  const text = words.trace.labTest;
  const field = (name: 'subject' | 'laboratory') => ({ name, value: values[name], faults, label: text[name] });
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer} mainClass="narrow">
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">
          <a href={`/lots/${lot.id}`}>{productOf(words, lot)}</a> <span class="code">{lot.batch}</span>
        </p>
      </header>
      <form class="card stack" method="post" action={`/lots/${lot.id}/tests`} enctype="multipart/form-data" novalidate>
        <Faults words={words} faults={faults} />
        <Field {...field('subject')} hint={text.subjectHint} required />
        <Field label={text.result} name="result" faults={faults} hint={text.resultHint}>
          <select id={fieldId('result')} name="result" required>
            <option value="">{text.choose}</option>
            {(['passed', 'failed'] as const).map((result) => (
              <option value={result} selected={values['result'] === result}>
                {words.trace.diner[result]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={text.detail} name="detail" faults={faults} hint={text.detailHint}>
          <textarea class="low" id={fieldId('detail')} name="detail" maxlength={2000}>
            {values['detail'] ?? ''}
          </textarea>
        </Field>
        <Field {...field('laboratory')} />
        <Field
          label={text.testedAt}
          name="testedAt"
          type="date"
          value={values['testedAt'] ?? formatDate(now)}
          faults={faults}
        />
        <Field label={text.report} name="report" faults={faults} hint={text.reportHint}>
          <input
            id={fieldId('report')}
            name="report"
            type="file"
            accept="application/pdf,image/jpeg,image/png,image/webp"
            aria-describedby={`${fieldId('report')}-hint`}
          />
        </Field>
        <div class="row">
          <button class="btn main" type="submit">
            <Icon name="check" />
            {text.save}
          </button>
          <a class="btn" href={`/lots/${lot.id}`}>
            {text.back}
          </a>
        </div>
      </form>
    </TracePage>
  );
}
