// Starting a recall: the code, then the scope as it would be issued, then the reason and the button that issues it.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { AskForm } from '../ask-form.tsx';
import { Choices, type LotChoice } from '../bench/bench-choices.tsx';
import { LotBadge, type LotState, type PageView } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';
import { type HolderLine, HolderTables } from './recall-holders.tsx';
import { type RecallReason, recallReasons } from './recall-reasons.ts';

export type RecallPreview = {
  readonly code: string;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
  readonly holders: readonly HolderLine[];
  readonly holderCount: number;
  /** All that is on hand, ready to read: `14.5 kg`. */
  readonly onHand: string;
  readonly cut: 'cut' | 'whole';
  readonly openRecall: { readonly href: string; readonly number: string } | null;
};

export type NewRecallView = PageView & {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly preview: RecallPreview | null;
  /** Lots to go on with where the code is no one lot's. */
  readonly choices: readonly LotChoice[];
  readonly now: number;
};

const hourChoices = [4, 12, 24, 48, 72] as const;

export function NewRecallPage(view: NewRecallView) {
  const { words, here, viewer, values, faults, preview, choices } = view;
  const text = words.trace.recall;
  return (
    <TracePage words={words} title={text.newTitle} here={here} viewer={viewer} scripts={['scan.js']}>
      <header class="stack">
        <h1>{text.newTitle}</h1>
        <p class="soft">{text.newLead}</p>
      </header>
      <AskForm
        words={words}
        action="/recalls/new"
        input={{
          name: 'code',
          label: words.trace.bench.label,
          value: values['code'] ?? '',
          placeholder: words.trace.bench.label,
          more: { required: true },
        }}
        submit={{ said: text.findLot, tone: preview === null ? 'main' : 'quiet' }}
        camera={words.trace.bench.scan}
      />
      {preview === null ? <Faults words={words} faults={faults} /> : <Scope view={view} preview={preview} />}
      {choices.length === 0 ? null : (
        <section class="card stack">
          <h2>{words.trace.bench.suggestions}</h2>
          <Choices words={words} choices={choices} />
        </section>
      )}
    </TracePage>
  );
}

function Scope({ view, preview }: { view: NewRecallView; preview: RecallPreview }) {
  const { words, now } = view;
  const text = words.trace.recall;
  return (
    <div class="cols">
      <section class="card rim is-warn stack">
        <div class="row">
          <h2 class="title">{productOf(words, preview)}</h2>
          <LotBadge words={words} state={preview.state} />
          <span class="code soft">{preview.batch}</span>
        </div>
        <p>{text.previewLead(preview.holderCount, preview.onHand)}</p>
        {preview.cut === 'cut' ? (
          <p class="note is-warn small">
            <Icon name="alert" />
            <span>{text.previewCut}</span>
          </p>
        ) : null}
        <HolderTables words={words} holders={preview.holders} scope={undefined} now={now} scopeHref={undefined} />
      </section>
      <section class="card stack">
        {preview.openRecall === null ? (
          <IssueForm view={view} code={preview.code} />
        ) : (
          <p class="note is-bad">
            <Icon name="alert" />
            <span>
              {text.alreadyOpen} <a href={preview.openRecall.href}>{preview.openRecall.number}</a>
            </span>
          </p>
        )}
      </section>
    </div>
  );
}

function IssueForm({ view: { words, values, faults }, code }: { view: NewRecallView; code: string }) {
  const text = words.trace.recall;
  return (
    <form class="stack" method="post" action="/recalls/new" novalidate>
      <h2>{text.start}</h2>
      <Faults words={words} faults={faults} />
      <input type="hidden" name="code" value={code} />
      <Presets words={words} code={code} />
      <Grade words={words} value={values['grade']} faults={faults} />
      <Area
        words={words}
        name="reason"
        label={text.reason}
        hint={text.reasonHint}
        value={values['reason']}
        faults={faults}
        required
      />
      <Area words={words} name="reasonEn" label={text.reasonEn} value={values['reasonEn']} faults={faults} />
      <Area
        words={words}
        name="advice"
        label={text.advice}
        hint={text.adviceHint}
        value={values['advice']}
        faults={faults}
      />
      <Area words={words} name="adviceEn" label={text.adviceEn} value={values['adviceEn']} faults={faults} />
      <Field label={text.due} name="hours" hint={text.dueHint} faults={faults}>
        <select id={fieldId('hours')} name="hours">
          {hourChoices.map((hours) => (
            <option value={String(hours)} selected={(values['hours'] ?? '24') === String(hours)}>
              {text.hours(hours)}
            </option>
          ))}
        </select>
      </Field>
      <p class="small soft">{text.issueNote}</p>
      <button class="btn risk" type="submit">
        <Icon name="alert" />
        {text.next}
      </button>
    </form>
  );
}

function Grade({ words, value, faults }: Pick<AreaProps, 'words' | 'value' | 'faults'>) {
  const text = words.trace.recallReason;
  return (
    <Field label={text.grade} name="grade" hint={text.gradeHint} faults={faults}>
      <select id={fieldId('grade')} name="grade">
        <option value="">{text.noGrade}</option>
        {[1, 2, 3].map((grade) => (
          <option value={String(grade)} selected={value === String(grade)}>
            {text.grades[grade]}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Before anything is typed: a usual reason fills the fields below. */
function Presets({ words, code }: { readonly words: Texts; readonly code: string }) {
  const text = words.trace.recallReason;
  return (
    <div class="stack">
      <p class="small soft">{text.presets}</p>
      <p class="row">
        {(Object.keys(recallReasons) as RecallReason[]).map((name) => (
          <a class="btn small" href={`/recalls/new?code=${encodeURIComponent(code)}&preset=${name}`}>
            {text.names[name]}
          </a>
        ))}
      </p>
    </div>
  );
}

type AreaProps = {
  readonly words: Texts;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string | undefined;
  readonly faults: readonly FieldFault[];
  readonly required?: true;
};

function Area({ name, label, hint, value, faults, required }: AreaProps) {
  return (
    <Field label={label} name={name} faults={faults} {...(hint === undefined ? {} : { hint })}>
      <textarea class="low" id={fieldId(name)} name={name} maxlength={2000} required={required}>
        {value ?? ''}
      </textarea>
    </Field>
  );
}
