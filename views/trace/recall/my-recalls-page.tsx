// A holder's recalls: what to do at once, what the records say came here, and the form to answer with.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { AmountFields } from '../amount-fields.tsx';
import {
  AnswerBadge,
  type AnswerState,
  amountInWords,
  amountWithMark,
  EmptyState,
  namedFaults,
  type PageView,
  type PlaceName,
  placeName,
  When,
} from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';

import { dueText } from './recalls-page.tsx';

export type MyNotice = {
  readonly recallId: string;
  readonly noticeId: number;
  readonly number: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly reason: string;
  readonly advice: string | null;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly place: PlaceName;
  /** The lots of the scope that were here, the recalled one first. */
  readonly lots: readonly {
    readonly code: string;
    readonly batch: string;
    readonly productName: string | null;
    readonly productNameEn: string | null;
    readonly received: number | null;
    readonly onHand: number | null;
    readonly unit: string | null;
  }[];
  readonly answers: readonly {
    readonly action: AnswerState;
    readonly batch: string;
    readonly quantity: number | null;
    readonly unit: string | null;
    readonly note: string | null;
    readonly at: number;
    /** null: it stands. */
    readonly takenBackAt: number | null;
    /** Where the viewer takes it back; null: somebody else gave it. */
    readonly takeBackHref: string | null;
  }[];
};

export type MyRecallsView = PageView & {
  readonly notices: readonly MyNotice[];
  readonly now: number;
  /** Faults of the form just sent, and which notice it was. */
  readonly faulty: {
    readonly noticeId: number;
    readonly faults: readonly FieldFault[];
    readonly values: Readonly<Record<string, string>>;
  } | null;
  readonly sent: 'sent' | 'takenBack' | null;
};

const actions = ['quarantined', 'off_shelf', 'returned', 'destroyed', 'served', 'found', 'none'] as const;

export function MyRecallsPage({ words, here, viewer, notices, now, faulty, sent }: MyRecallsView) {
  const text = words.trace.recall;
  return (
    <TracePage words={words} title={text.myTitle} here={here} viewer={viewer} mainClass="narrow">
      <header class="stack">
        <h1>{text.myTitle}</h1>
        {notices.length === 0 ? null : <p class="soft">{text.myLead}</p>}
      </header>
      {sent === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{sent === 'sent' ? text.sent : text.answerTakenBackNote}</span>
        </p>
      )}
      {notices.length === 0 ? (
        <section class="card">
          <EmptyState title={text.myEmptyTitle} lead={text.myEmptyLead} />
        </section>
      ) : null}
      {notices.map((notice) => (
        <Notice words={words} notice={notice} now={now} faulty={faulty?.noticeId === notice.noticeId ? faulty : null} />
      ))}
    </TracePage>
  );
}

type NoticeView = {
  readonly words: Texts;
  readonly notice: MyNotice;
  readonly now: number;
  readonly faulty: MyRecallsView['faulty'];
};

function Notice({ words, notice, now, faulty }: NoticeView) {
  const text = words.trace.recall;
  const done = notice.answers.some(({ takenBackAt }) => takenBackAt === null);
  return (
    <article class={`card rim stack ${done ? 'is-good' : 'is-bad'}`} id={`notice-${notice.noticeId}`}>
      <div class="row spread top">
        <div>
          <h2 class="title">{productOf(words, notice)}</h2>
          <p class="code soft">{notice.batch}</p>
        </div>
        <span class={done ? 'badge done' : notice.dueAt < now ? 'badge overdue' : 'badge due'}>
          <Icon name={done ? 'check' : notice.dueAt < now ? 'late' : 'clock'} />
          {done ? text.myDone : words.trace.recall.answers.silent}
        </span>
      </div>
      {done ? null : (
        <p class="note is-bad">
          <Icon name="alert" tone="bad" />
          <b>{text.stopUse}</b>
        </p>
      )}
      <p>{notice.reason}</p>
      <p class="small soft">
        <span class="num">{notice.number}</span>
        {words.lang === 'en' ? ' · ' : '，'}
        {text.startedBy(formatMoment(notice.startedAt, words.lang))}
        {words.lang === 'en' ? ' · ' : '，'}
        {dueText(words, notice.dueAt, now)}
        {words.lang === 'en' ? ' · ' : '，'}
        {placeName(words, notice.place)}
      </p>
      <MyLots words={words} notice={notice} />
      <MyAnswers words={words} notice={notice} />
      {done && faulty === null ? (
        <details class="more">
          <summary>{words.common.more}</summary>
          <AnswerForm words={words} notice={notice} now={now} faulty={faulty} />
        </details>
      ) : (
        <AnswerForm words={words} notice={notice} now={now} faulty={faulty} />
      )}
    </article>
  );
}

function MyLots({ words, notice }: { words: Texts; notice: MyNotice }) {
  const text = words.trace.recall;
  return (
    <div class="stack">
      <h3>{text.myLots}</h3>
      <ul class="stack small">
        {notice.lots.map((lot) => (
          <li>
            <b>{productOf(words, lot)}</b> <span class="code">{lot.batch}</span>
            {lot.received === null ? null : (
              <span class="soft block">{text.myHeld(amountInWords(words, lot.received, lot.unit))}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function MyAnswers({ words, notice }: { words: Texts; notice: MyNotice }) {
  const text = words.trace.recall;
  if (notice.answers.length === 0) return null;
  return (
    <div class="stack">
      <h3>{text.yourAnswers}</h3>
      <ul class="stack small">
        {notice.answers.map((answer) => (
          <li class="row">
            <AnswerBadge words={words} answer={answer.action} />
            <span>{answer.quantity === null ? '' : amountWithMark(words, answer.quantity, answer.unit)}</span>
            <span class="code faint">{answer.batch}</span>
            <span class="soft">{answer.note}</span>
            <span class="faint">
              <When at={answer.at} words={words} />
            </span>
            {answer.takenBackAt === null ? null : <span class="badge">{text.answerTakenBack}</span>}
            {answer.takeBackHref === null ? null : (
              <form method="post" action={answer.takeBackHref}>
                <button class="btn small" type="submit">
                  {text.takeBackAnswer}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function AnswerForm({ words, notice, faulty }: NoticeView) {
  const text = words.trace.recall;
  const names: Readonly<Record<string, string>> = {
    action: text.whatFound,
    quantity: text.howMuch,
    unit: words.trace.lots.unit,
    note: text.answerNote,
    photo: text.answerPhoto,
    code: text.lot,
  };
  const values = faulty?.values ?? {};
  const faults = faulty?.faults ?? [];
  return (
    <form
      class="stack"
      method="post"
      action={`/my/recalls/${notice.recallId}/answers`}
      enctype="multipart/form-data"
      novalidate
    >
      <Faults words={words} faults={namedFaults(words, faults, (place) => names[place])} />
      <input type="hidden" name="site" value={notice.place.id} />
      {values['sure'] === undefined ? null : <input type="hidden" name="sure" value={values['sure']} />}
      <LotChoice words={words} notice={notice} faulty={faulty} />
      <ActionChoices words={words} chosen={values['action']} />
      <div class="grid-2 tight">
        <AmountFields
          words={words}
          names={{ quantity: 'quantity', unit: 'unit' }}
          values={values}
          faults={faults}
          label={text.howMuch}
          usual={notice.lots[0]?.unit ?? 'KGM'}
        />
      </div>
      <Field label={text.answerNote} name="note" faults={faults}>
        <textarea class="low" id={fieldId('note')} name="note" maxlength={2000}>
          {values['note'] ?? ''}
        </textarea>
      </Field>
      <Field label={text.answerPhoto} name="photo" hint={text.answerPhotoHint} faults={faults}>
        <input
          id={fieldId('photo')}
          name="photo"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
        />
      </Field>
      <button class="btn main wide" type="submit">
        {text.send}
      </button>
    </form>
  );
}

/** Which lot the answer is about, where the notice names several. */
function LotChoice({ words, notice, faulty }: Pick<NoticeView, 'words' | 'notice' | 'faulty'>) {
  const text = words.trace.recall;
  if (notice.lots.length < 2) return null;
  return (
    <Field label={text.lot} name="code" faults={faulty?.faults ?? []}>
      <select id={fieldId('code')} name="code">
        {notice.lots.map((lot) => (
          <option value={lot.code} selected={faulty?.values['code'] === lot.code}>
            {`${productOf(words, lot)} ${lot.batch}`}
          </option>
        ))}
      </select>
    </Field>
  );
}

function ActionChoices({ words, chosen }: { words: Texts; chosen: string | undefined }) {
  const text = words.trace.recall;
  return (
    <fieldset>
      <legend>{text.whatFound}</legend>
      <div class="choices two">
        {actions.map((action) => (
          <label class="choice">
            <input type="radio" name="action" value={action} checked={chosen === action} required />
            {text.answers[action]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
