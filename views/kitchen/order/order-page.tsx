// One rectification order whole: pictures, what happened when, and what the reader may do next.
import { Faults, type FieldFault } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { isoMoment } from '../clock.ts';
import type { Deadline } from '../state-badge.tsx';
import { After, Before, type OrderCardData, OrderHead, OrderPlace, ReturnedNote } from './order-card.tsx';

type StepName = keyof Texts['kitchen']['steps'];
export type StepLine = {
  readonly kind: StepName;
  readonly at: number;
  readonly by: string | undefined;
  readonly text: string | null;
};

export type OrderView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly order: OrderCardData;
  readonly steps: readonly StepLine[];
  readonly may: {
    readonly answer: boolean;
    readonly plan: boolean;
    readonly decide: boolean;
    readonly appeal: boolean;
    readonly decideAppeal: boolean;
    readonly takeEvidence: boolean;
  };
  readonly flagId: number;
  /** What is still to come by when. */
  readonly clocks: readonly { readonly kind: 'plan' | 'recheck'; readonly left: Deadline }[];
  /** Text that was refused, to be mended and sent again. */
  readonly typed: string;
  readonly key: string;
  readonly faults: readonly FieldFault[];
};

export function OrderPage(view: OrderView) {
  const { words, here, viewer, order, may } = view;
  const { kitchen, lang } = words;
  return (
    <Page
      words={words}
      title={`${kitchen.orderNumber(order.number)} ${order.violation.name}`}
      here={here}
      viewer={viewer}
    >
      <header class="stack">
        <OrderHead words={words} order={order} />
        <h1>{order.violation.name}</h1>
        <p class="soft">{localName(lang, order.restaurant)}</p>
        <OrderPlace words={words} order={order} />
        <Clocks words={words} clocks={view.clocks} />
      </header>
      <div class="cols">
        <section class="card stack">
          <h2>{kitchen.beforeAndAfter}</h2>
          <div class="pair">
            <Before words={words} order={order} />
            {order.after === undefined ? <NoAnswerYet words={words} /> : <After words={words} order={order} />}
          </div>
          {order.after !== undefined && order.after.text !== '' ? <p>{order.after.text}</p> : null}
          <p class="soft">{order.violation.rule}</p>
        </section>
        <div class="stack-wide">
          {may.plan ? <PlanForm words={words} order={order} /> : null}
          {may.answer ? <AnswerForm {...view} /> : null}
          {may.decide ? <DecisionForm words={words} order={order} /> : null}
          {may.decideAppeal ? <AppealDecisionForm words={words} order={order} /> : null}
          <Steps words={words} steps={view.steps} />
          {may.appeal ? <AppealForm words={words} order={order} /> : null}
          {may.takeEvidence ? <EvidenceForm words={words} flagId={view.flagId} /> : null}
        </div>
      </div>
    </Page>
  );
}

function NoAnswerYet({ words }: { words: Texts }) {
  return (
    <figure>
      <p class="drop">{words.kitchen.noAnswerYet}</p>
      <figcaption>{words.kitchen.after}</figcaption>
    </figure>
  );
}

function Clocks({ words, clocks }: Pick<OrderView, 'words' | 'clocks'>) {
  const { kitchen } = words;
  return (
    <>
      {clocks.map(({ kind, left }) => (
        <p class={left.late ? 'bad' : 'soft'}>
          {`${kitchen.clocks[kind]} · ${left.late ? kitchen.overdueBy(left) : kitchen.timeLeft(left)}`}
        </p>
      ))}
    </>
  );
}

function PlanForm({ words, order }: { words: Texts; order: OrderCardData }) {
  const { kitchen } = words;
  return (
    <form class="card stack" method="post" action={`/orders/${order.id}/plan`}>
      <div class="field">
        <label for="f-plan">{kitchen.planLabel}</label>
        <textarea id="f-plan" name="text" minlength={4} maxlength={500} rows={2} required />
      </div>
      <button type="submit" class="btn">
        {kitchen.planSend}
      </button>
    </form>
  );
}

function AnswerForm({ words, order, key, faults, typed }: OrderView) {
  const { kitchen } = words;
  return (
    <section class="card rim stack">
      <h2>{kitchen.answerTitle}</h2>
      <p>{order.violation.ask}</p>
      {order.state === 'issued' && order.returned !== undefined ? (
        <ReturnedNote words={words} reason={order.returned} />
      ) : null}
      <form class="stack" method="post" action={`/orders/${order.id}/answer`} enctype="multipart/form-data">
        <Faults words={words} faults={faults} />
        <input type="hidden" name="key" value={key} />
        <div class="field">
          <label for="f-photo">{kitchen.photo}</label>
          <input id="f-photo" name="photo" type="file" accept="image/*" required aria-describedby="f-photo-hint" />
          <p class="hint" id="f-photo-hint">
            {kitchen.photoHint}
          </p>
        </div>
        <div class="field">
          <label for="f-text">{kitchen.whatWasDone}</label>
          <textarea id="f-text" name="text" maxlength={500} rows={3}>
            {typed}
          </textarea>
        </div>
        <button type="submit" class="btn main">
          <Icon name="photo" />
          {kitchen.sendAnswer}
        </button>
      </form>
    </section>
  );
}

/** Accept and return are of one weight here too. */
export function DecisionForm({ words, order }: { words: Texts; order: OrderCardData }) {
  const { kitchen } = words;
  const note = `note-${order.id}`;
  return (
    <form class="stack" method="post" action={`/orders/${order.id}/decision`}>
      <div class="field">
        <label for={note}>{kitchen.noteLabel}</label>
        <input id={note} name="note" maxlength={500} aria-describedby={`${note}-hint`} />
        <p class="hint" id={`${note}-hint`}>
          {kitchen.noteHint}
        </p>
      </div>
      <div class="row">
        <button type="submit" class="btn" name="decision" value="accepted">
          <Icon name="check" />
          {kitchen.accept}
        </button>
        <button type="submit" class="btn" name="decision" value="returned">
          <Icon name="undo" />
          {kitchen.giveBack}
        </button>
      </div>
    </form>
  );
}

export function AppealDecisionForm({ words, order }: { words: Texts; order: OrderCardData }) {
  const { kitchen } = words;
  const note = `appeal-note-${order.id}`;
  return (
    <form class="stack" method="post" action={`/orders/${order.id}/appeal-decision`}>
      <div class="field">
        <label for={note}>{kitchen.appealNote}</label>
        <input id={note} name="note" maxlength={500} required />
      </div>
      <div class="row">
        <button type="submit" class="btn" name="decision" value="upheld">
          <Icon name="octagon" />
          {kitchen.uphold}
        </button>
        <button type="submit" class="btn" name="decision" value="overturned">
          <Icon name="slash" />
          {kitchen.overturn}
        </button>
      </div>
    </form>
  );
}

function AppealForm({ words, order }: { words: Texts; order: OrderCardData }) {
  const { kitchen } = words;
  return (
    <section class="card">
      <details class="more">
        <summary>{kitchen.appealOpen}</summary>
        <form class="stack" method="post" action={`/orders/${order.id}/appeal`}>
          <div class="field">
            <label for="f-appeal">{kitchen.appealReason}</label>
            <textarea
              id="f-appeal"
              name="text"
              minlength={4}
              maxlength={1000}
              rows={4}
              required
              aria-describedby="f-appeal-hint"
            />
            <p class="hint" id="f-appeal-hint">
              {kitchen.appealHint}
            </p>
          </div>
          <button type="submit" class="btn">
            {kitchen.appealSend}
          </button>
        </form>
      </details>
    </section>
  );
}

const stepIcons: Readonly<Record<StepName, string>> = {
  issued: 'flag',
  answered: 'photo',
  accepted: 'check',
  returned: 'undo',
  overdue: 'late',
  withdrawn: 'slash',
  appealed: 'question',
  upheld: 'octagon',
  overturned: 'slash',
  planned: 'check',
  reminded: 'clock',
  raised: 'flag',
  yellow_card: 'late',
  red_card: 'octagon',
};

const warnings: readonly StepName[] = ['overdue', 'returned', 'yellow_card', 'red_card', 'raised'];

function Steps({ words, steps }: { words: Texts; steps: readonly StepLine[] }) {
  const { kitchen, lang } = words;
  return (
    <section class="card">
      <h2>{kitchen.whatHappened}</h2>
      <ol class="line">
        {steps.map((step) => (
          <li class={warnings.includes(step.kind) ? 'is-warn' : undefined}>
            <span class="dot">
              <Icon name={stepIcons[step.kind]} />
            </span>
            <h3>{kitchen.steps[step.kind]}</h3>
            <p class="meta">
              <time datetime={isoMoment(step.at)}>{formatMoment(step.at, lang)}</time>
              <span>{step.by ?? kitchen.byClock}</span>
            </p>
            {step.text === null || step.text === '' ? null : <p>{step.text}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function EvidenceForm({ words, flagId }: { words: Texts; flagId: number }) {
  const { kitchen } = words;
  return (
    <form class="card stack" method="post" action={`/flags/${flagId}/evidence`}>
      <label class="field">
        {kitchen.evidenceReason}
        <input name="reason" maxlength={500} />
      </label>
      <button class="btn" type="submit">
        <Icon name="download" />
        {kitchen.evidenceButton}
      </button>
      <p class="small soft">{kitchen.evidenceNote}</p>
    </form>
  );
}
