// One complaint for the inspector: what was reported, with photo and contact, what was done, and the next step.
import { Faults, Field, type FieldFault, fieldId } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { OpenOriginal } from '../parts/open-original.tsx';
import { Page } from '../parts/page.tsx';
import { formatDate, formatMoment } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';
import { type PageView, type PlaceName, placeName, When } from '../trace/parts.tsx';
import { productOf } from '../trace/product-name.ts';
import { ComplaintBadge, type ComplaintStepName } from './complaint-parts.tsx';
import type { ComplaintLine } from './complaints-page.tsx';
import { type PresentLot, PresentLots } from './join/flag-lots-page.tsx';
import { FrameGrid, type ShownFrame } from './join/lot-kitchens-page.tsx';
import { MediationCard, type MediationForm, type MediationShown, routedText } from './mediation-card.tsx';

export type ComplaintDetail = ComplaintLine & {
  readonly code: string;
  readonly lotHref: string;
  readonly publicHref: string;
  readonly place: string | null;
  readonly happenedAt: number;
  readonly contact: string | null;
  readonly photoHref: string | null;
  /** For an inspector, who may open the photo unblurred with a reason. */
  readonly photoHash: string | null;
  readonly publishedAt: number | null;
  readonly code12: string | null;
  readonly steps: readonly {
    readonly kind: ComplaintStepName;
    readonly words: string | null;
    readonly by: string | null;
    readonly at: number;
  }[];
};

export type ComplaintView = PageView & {
  readonly complaint: ComplaintDetail;
  /** What can be done now. */
  readonly next: readonly ComplaintStepName[];
  readonly places: readonly PlaceName[];
  readonly settling: { readonly mediation: MediationShown; readonly form: MediationForm } | undefined;
  /** A shop can be asked first. */
  readonly mayAsk: 'ask' | 'not';
  /** The kitchen of that hour; null: the place is no kitchen. */
  readonly then: {
    readonly frames: readonly ShownFrame[];
    readonly total: number;
    readonly lots: readonly PresentLot[];
  } | null;
  readonly faults: readonly FieldFault[];
  readonly typed: string;
};

export function ComplaintPage(view: ComplaintView) {
  const { words, here, viewer, complaint } = view;
  const text = words.complaints;
  const title = text.detailTitle(complaint.id);
  return (
    <Page words={words} title={title} here={here} viewer={viewer} styles={['trace.css']}>
      <section class="card rim">
        <div class="row spread top">
          <div class="stack">
            <div class="row">
              <h1 class="title">{text.kinds[complaint.kind]}</h1>
              <ComplaintBadge words={words} state={complaint.state} />
            </div>
            <p class="soft small">
              {title} · {text.sentAt(formatMoment(complaint.at, words.lang))}
            </p>
          </div>
          <div class="row">{complaint.batch === '' ? null : <LotLinks words={words} complaint={complaint} />}</div>
        </div>
      </section>
      <div class="cols">
        <Said words={words} complaint={complaint} />
        <div class="stack-wide">
          <Steps words={words} complaint={complaint} />
          <Settling view={view} />
          <Next view={view} />
        </div>
      </div>
      <Then view={view} />
    </Page>
  );
}

function LotLinks({ words, complaint }: { words: Texts; complaint: ComplaintDetail }) {
  const text = words.complaints;
  return (
    <>
      <a class="btn small" href={`/trace?code=${encodeURIComponent(complaint.code)}`}>
        <Icon name="both" />
        {words.trace.recall.traceLink}
      </a>
      <a class="btn small" href={complaint.lotHref}>
        {text.lotRecord}
      </a>
      <a class="btn small" href={complaint.publicHref}>
        {text.publicPage}
      </a>
    </>
  );
}

/** The kitchen at the time that was told of: frames as they may be seen, and the lots that were there. */
function Then({ view: { words, then } }: { view: ComplaintView }) {
  if (then === null) return null;
  return (
    <section class="card stack">
      <h2>{words.mediation.frames}</h2>
      <FrameGrid words={words} frames={then.frames} total={then.total} />
      {then.lots.length === 0 ? null : <PresentLots words={words} lots={then.lots} />}
    </section>
  );
}

function Settling({ view: { words, settling, mayAsk, complaint } }: { view: ComplaintView }) {
  const text = words.mediation;
  if (settling !== undefined) return <MediationCard words={words} {...settling} />;
  if (mayAsk === 'not') return null;
  return (
    <form method="post" action={`/complaints/${complaint.id}/mediation`}>
      <button class="btn" type="submit" name="act" value="asked">
        {text.acts['asked']}
      </button>
    </form>
  );
}

function Said({ words, complaint }: { words: Texts; complaint: ComplaintDetail }) {
  const text = words.complaints;
  return (
    <section class="card stack">
      <h2>{text.said}</h2>
      <p class="lines">{complaint.words}</p>
      <dl class="facts">
        <dt>{words.mediation.channel}</dt>
        <dd>{words.mediation.channels[complaint.routed.channel]}</dd>
        <dt>{words.mediation.desk}</dt>
        <dd>
          {routedText(words, complaint.routed)}
          <span class="small soft block">
            {complaint.routed.matched === null
              ? words.mediation.byKind
              : words.mediation.matched(complaint.routed.matched)}
          </span>
        </dd>
        {complaint.code12 === null ? null : (
          <>
            <dt>{words.mediation.followCode}</dt>
            <dd class="code">{complaint.code12}</dd>
          </>
        )}
        <dt>{text.lot}</dt>
        <dd>
          {complaint.batch === '' ? '–' : productOf(words, complaint)} <span class="code">{complaint.batch}</span>
        </dd>
        <dt>{text.when}</dt>
        <dd>{formatDate(complaint.happenedAt)}</dd>
        <dt>{words.trace.place}</dt>
        <dd>{complaint.place ?? '–'}</dd>
        <dt>{text.site}</dt>
        <dd>{complaint.site === null ? text.noSite : placeName(words, complaint.site)}</dd>
        <dt>{words.trace.state}</dt>
        <dd>
          {complaint.publishedAt === null
            ? text.unpublished
            : text.published(formatMoment(complaint.publishedAt, words.lang))}
        </dd>
        <dt>{text.faultNames.contact}</dt>
        <dd>{complaint.contact ?? text.noContact}</dd>
      </dl>
      {complaint.photoHref === null ? (
        <p class="small soft">{text.noPhoto}</p>
      ) : (
        <a href={complaint.photoHref}>
          <img class="complaint-photo" src={complaint.photoHref} alt={text.openPhoto} />
        </a>
      )}
      {complaint.photoHash === null ? null : <OpenOriginal words={words} hash={complaint.photoHash} />}
    </section>
  );
}

function Steps({ words, complaint }: { words: Texts; complaint: ComplaintDetail }) {
  const text = words.complaints;
  return (
    <section class="card stack">
      <h2>{text.steps}</h2>
      {complaint.steps.length === 0 ? <p class="small soft">{text.noSteps}</p> : null}
      <ul class="stack small">
        {complaint.steps.map((step) => (
          <li>
            <b>{text.step[step.kind]}</b>{' '}
            <span class="faint">
              {step.by ?? ''} <When at={step.at} words={words} />
            </span>
            {step.words === null ? null : <p class="lines">{step.words}</p>}
          </li>
        ))}
      </ul>
      <p class="small soft">{text.stepsWritten}</p>
    </section>
  );
}

function Next({ view: { words, complaint, next, places, faults, typed } }: { view: ComplaintView }) {
  const text = words.complaints;
  if (next.length === 0) return null;
  const linking = next.includes('linked') && places.length > 0;
  return (
    <section class="card stack">
      <form class="stack" method="post" action={`/complaints/${complaint.id}/steps`} novalidate>
        <Faults words={words} faults={faults} />
        <Field label={text.stepWords} name="words" hint={text.stepWordsHint} faults={faults}>
          <textarea id={fieldId('words')} name="words" maxlength={2000}>
            {typed}
          </textarea>
        </Field>
        {linking ? (
          <Field label={text.site} name="site" faults={faults}>
            <select id={fieldId('site')} name="site">
              {places.map((place) => (
                <option value={place.id} selected={place.id === complaint.site?.id}>
                  {placeName(words, place)}
                </option>
              ))}
            </select>
          </Field>
        ) : null}
        <div class="row">
          {next
            .filter((step) => step !== 'linked' || linking)
            .map((step) => (
              <button class={step === 'closed' ? 'btn risk' : 'btn'} type="submit" name="step" value={step}>
                {text.step[step]}
              </button>
            ))}
        </div>
      </form>
    </section>
  );
}
