// The two pages between a recall that is written and one that is out: the question, and the minutes to take it back.
import { Icon } from '../../parts/icon.tsx';
import { formatMoment, formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { gradeInWords, LotBadge, type PageView } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import type { RecallPreview } from '../recall/new-recall-page.tsx';
import { TracePage } from '../trace-page.tsx';

type Values = Readonly<Record<string, string>>;

export type ConfirmRecallView = PageView & {
  readonly preview: RecallPreview;
  readonly values: Values;
  readonly minutes: number;
};

const shownHolders = 12;

export function ConfirmRecallPage({ words, here, viewer, preview, values, minutes }: ConfirmRecallView) {
  const text = words.trace.publish;
  return (
    <TracePage words={words} title={text.askTitle} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim is-bad stack">
        <h1>{text.ask(productOf(words, preview), preview.batch)}</h1>
        <p>
          {gradeInWords(words, Number(values['grade'] || 0))}
          {values['reason']}
        </p>
        <Told words={words} preview={preview} />
        <ul class="advice">
          <li>{text.holdNow}</li>
          <li>{text.tellLater(minutes)}</li>
          <li>{text.afterwards}</li>
        </ul>
        <form class="row" method="post" action="/recalls/new">
          {['code', 'reason', 'reasonEn', 'advice', 'adviceEn', 'grade', 'hours'].map((name) => (
            <input type="hidden" name={name} value={values[name] ?? ''} />
          ))}
          <button class="btn risk wide-phone" type="submit" name="step" value="publish">
            <Icon name="alert" />
            {words.trace.recall.issue}
          </button>
          <button class="btn wide-phone" type="submit" name="step" value="back">
            {text.change}
          </button>
        </form>
      </section>
    </TracePage>
  );
}

function Told({ words, preview }: { words: Texts; preview: RecallPreview }) {
  const text = words.trace.publish;
  const names = [...new Map(preview.holders.map(({ place }) => [place.id, place])).values()];
  const named = names
    .slice(0, shownHolders)
    .map((place) => (words.lang === 'en' ? (place.nameEn ?? place.name) : place.name) ?? place.id);
  return (
    <p>
      <b>{text.tells(preview.holderCount, preview.onHand)}</b>
      {named.length === 0 ? null : (
        <span class="block soft">
          {named.join(words.lang === 'en' ? ', ' : '、')}
          {names.length > named.length ? text.andMore(names.length - named.length) : ''}
        </span>
      )}
    </p>
  );
}

export type PlannedRecallView = PageView & {
  readonly plan: {
    readonly publicId: string;
    readonly reason: string;
    readonly reasonEn: string | null;
    readonly state: 'waiting' | 'taken_back' | 'issued';
    readonly tellsAt: number;
    readonly endedAt: number | null;
  };
  readonly preview: RecallPreview;
  /** How far it is on its way out; null: it is not on its way yet. */
  readonly going: GoingOut | null;
  readonly now: number;
};

export type GoingOut = { readonly phase: 'walk' | 'books' | 'rows'; readonly holdings: number };

export function PlannedRecallPage({ words, here, viewer, plan, preview, going, now }: PlannedRecallView) {
  const text = words.trace.publish;
  const waiting = plan.state === 'waiting';
  return (
    <TracePage words={words} title={text.waiting} here={here} viewer={viewer} mainClass="narrow">
      <section class={`card rim stack${waiting ? ' is-warn' : ''}`}>
        <div class="row">
          <h1 class="title">{productOf(words, preview)}</h1>
          <LotBadge words={words} state={preview.state} />
          <span class="code soft">{preview.batch}</span>
        </div>
        <p>{words.lang === 'en' ? (plan.reasonEn ?? plan.reason) : plan.reason}</p>
        {waiting ? (
          <WaitingPlan words={words} plan={plan} preview={preview} going={going} now={now} />
        ) : (
          <p class="note" role="status">
            <Icon name="undo" />
            <span>
              {text.takenBack(plan.endedAt === null ? '' : formatMoment(plan.endedAt, words.lang))}{' '}
              <a href={`/recalls/new?code=${encodeURIComponent(preview.code)}`}>{words.trace.recall.start}</a>
            </span>
          </p>
        )}
      </section>
    </TracePage>
  );
}

/** Asks again by itself, and follows to the recall once it is out; without script a reload does. */
function Going({ words, plan, going }: { words: Texts; plan: PlannedRecallView['plan']; going: GoingOut }) {
  const text = words.trace.publish;
  const base = `/recalls/planned/${plan.publicId}`;
  const again = { 'hx-get': base, 'hx-trigger': 'every 1s', 'hx-select': 'main', 'hx-target': 'main' };
  return (
    <div class="stack" aria-live="polite" {...again} hx-swap="outerHTML">
      <p class="note is-warn" role="status">
        <Icon name="clock" />
        <span>
          <b>{text.going.title}</b>
          <progress class="block" aria-label={text.going.title} />
          <span class="block">{text.going[going.phase](formatNumber(going.holdings, 0))}</span>
          <span class="block soft">{text.going.lead}</span>
        </span>
      </p>
      <form method="post" action={`${base}/taken-back`}>
        <button class="btn wide-phone" type="submit">
          <Icon name="undo" />
          {text.takeBack}
        </button>
      </form>
    </div>
  );
}

function WaitingPlan({ words, plan, preview, going, now }: Omit<PlannedRecallView, 'here' | 'viewer'>) {
  if (going !== null) return <Going words={words} plan={plan} going={going} />;
  const text = words.trace.publish;
  const minutes = Math.max(0, Math.ceil((plan.tellsAt - now) / 60_000));
  const base = `/recalls/planned/${plan.publicId}`;
  return (
    <>
      <p class="note is-warn" role="status">
        <Icon name="clock" />
        <span>{text.goesOut(formatMoment(plan.tellsAt, words.lang), minutes)}</span>
      </p>
      <Told words={words} preview={preview} />
      <div class="row">
        <form class="wide-phone" method="post" action={`${base}/taken-back`}>
          <button class="btn main wide-phone" type="submit">
            <Icon name="undo" />
            {text.takeBack}
          </button>
        </form>
        <form class="wide-phone" method="post" action={`${base}/issued`}>
          <button class="btn risk wide-phone" type="submit">
            <Icon name="alert" />
            {text.sendNow}
          </button>
        </form>
      </div>
    </>
  );
}
