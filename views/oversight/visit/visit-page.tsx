// One visit: the check list to fill in on the phone, or what was found; and the short form that everybody may read.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';
import { ResultBadge, type VisitLine } from './visit-table.tsx';
import { VisitQueue } from './visits-page.tsx';

export type VisitPoint = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly critical: boolean;
  readonly answer: 'ok' | 'bad' | 'na' | null;
  readonly note: string | null;
  readonly photoHref: string | null;
};

export type VisitOrderView = {
  readonly state: 'issued' | 'answered' | 'accepted';
  readonly dueAt: number;
  readonly answer: string | null;
  readonly photoHref: string | null;
};

export type VisitView = PageView & {
  readonly visit: VisitLine & {
    readonly number: string;
    readonly list: number;
    readonly points: readonly VisitPoint[];
    readonly note: string | null;
    readonly signedName: string | null;
    readonly signatureHref: string | null;
    readonly isPublished: boolean;
    readonly order: VisitOrderView | undefined;
  };
  /** `all`: the regulator; `public`: everybody, the result alone. */
  readonly sees: 'all' | 'public';
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function VisitPage(view: VisitView) {
  const { words, here, viewer, visit, sees } = view;
  const text = words.visit;
  const isOpen = visit.closedAt === null;
  const title = sees === 'public' ? text.publicTitle : text.number(visit.number);
  return (
    <Page
      words={words}
      title={title}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css']}
      modules={isOpen ? ['visit.js'] : []}
    >
      <header class="stack">
        <h1>{localName(words.lang, visit)}</h1>
        <p class="soft">
          {title} · {visit.reasons.map((reason) => text.reasons[reason]).join(words.lang === 'en' ? ', ' : '、')}
          {visit.address === null
            ? ''
            : ` · ${words.lang === 'en' ? (visit.addressEn ?? visit.address) : visit.address}`}
        </p>
      </header>
      {isOpen ? <CheckForm view={view} /> : <Findings view={view} />}
    </Page>
  );
}

function CheckForm({ view }: { view: VisitView }) {
  const { words, visit, key, faults, values, viewer } = view;
  const text = words.visit;
  return (
    <>
      <VisitQueue words={words} viewerName={viewer?.name ?? ''} />
      <form
        class="stack"
        method="post"
        action={`/visits/${visit.id}/closed`}
        enctype="multipart/form-data"
        novalidate
        id="visit"
        data-visit={String(visit.id)}
        data-owner={viewer?.name ?? ''}
      >
        <Faults words={words} faults={saidWhere(view, faults)} />
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="list" value={String(visit.list)} />
        <h2>{text.checkTitle}</h2>
        {visit.points.map((point) => (
          <Point view={view} point={point} />
        ))}
        <section class="card stack">
          <Field label={text.note} name="note" faults={faults}>
            <textarea id={fieldId('note')} name="note" maxlength={1000} rows={2}>
              {values['note'] ?? ''}
            </textarea>
          </Field>
          <Field
            label={text.signedName}
            name="signedName"
            value={values['signedName']}
            hint={text.signedHint}
            faults={faults}
          />
          <div class="stack" data-pen hidden>
            <p class="small" id="pen-hint">
              {text.signatureHint}
            </p>
            <canvas class="pen" width="600" height="200" role="img" aria-label={text.signature} />
            <button class="btn small" type="button" data-clear>
              {text.clear}
            </button>
          </div>
        </section>
        <p class="small soft">{text.closeHint}</p>
        <button class="btn main wide" type="submit">
          {text.close}
        </button>
      </form>
    </>
  );
}

/** A fault at a point says at which. */
function saidWhere({ words, visit }: VisitView, faults: readonly FieldFault[]): FieldFault[] {
  return faults.map((fault) => {
    const [, field = '', id] = /^\/([a-zA-Z]+)(?:\.(.+))?$/.exec(fault.place) ?? [];
    const point = visit.points.find((each) => each.id === id);
    const name = point === undefined ? words.visit.faultNames[field] : pointName(words, point);
    return name === undefined
      ? fault
      : { ...fault, detail: `${name}${words.lang === 'en' ? ': ' : '：'}${fault.detail}` };
  });
}

function pointName(words: Texts, { name, nameEn }: Pick<VisitPoint, 'name' | 'nameEn'>): string {
  return words.lang === 'en' ? nameEn : name;
}

function Point({ view: { words, values, faults }, point }: { view: VisitView; point: VisitPoint }) {
  const text = words.visit;
  const { id } = point;
  return (
    <section class="card stack">
      <fieldset id={fieldId(`answer.${id}`)}>
        <legend>
          {pointName(words, point)} {point.critical ? <span class="small soft">（{text.critical}）</span> : null}
        </legend>
        <div class="choices">
          {(['ok', 'bad', 'na'] as const).map((answer) => (
            <label class="choice">
              <input type="radio" name={`answer.${id}`} value={answer} checked={values[`answer.${id}`] === answer} />
              {text.answers[answer]}
            </label>
          ))}
        </div>
      </fieldset>
      <details open={values[`answer.${id}`] === 'bad'}>
        <summary>
          {text.noteOf} · {text.photoOf}
        </summary>
        <Field label={text.noteOf} name={`note.${id}`} value={values[`note.${id}`]} faults={faults} />
        <Field label={text.photoOf} name={`photo.${id}`} faults={faults}>
          <input
            id={fieldId(`photo.${id}`)}
            name={`photo.${id}`}
            type="file"
            accept="image/jpeg,image/png,image/webp"
            capture="environment"
          />
        </Field>
      </details>
    </section>
  );
}

function Findings({ view }: { view: VisitView }) {
  const { words, visit, sees, faults } = view;
  const text = words.visit;
  const shown = sees === 'all' ? visit.points : visit.points.filter(({ answer }) => answer === 'bad');
  if (visit.result === null)
    return (
      <p class="note is-warn" role="status">
        <Icon name="info" />
        <span>{text.offBecause(visit.note ?? '')}</span>
      </p>
    );
  return (
    <>
      {faults.length === 0 ? null : (
        <p class="note is-warn" role="alert">
          <Icon name="alert" />
          <span>{faults.map(({ detail }) => detail).join(' ')}</span>
        </p>
      )}
      <section class="card stack">
        <p class="row">
          <ResultBadge words={words} result={visit.result} />
          <span class="soft small">
            {visit.closedAt === null ? '' : text.closedAt(formatMoment(visit.closedAt, words.lang))} ·{' '}
            {text.listVersion(visit.list)}
          </span>
        </p>
        {visit.order === undefined ? null : <OrderLine words={words} order={visit.order} />}
        <ul class="plain-list stack">
          {shown.map((point) => (
            <li class="stack">
              <span>
                <Icon name={point.answer === 'bad' ? 'alert' : point.answer === 'ok' ? 'check' : 'slash'} />{' '}
                {pointName(words, point)} · <b>{point.answer === null ? '–' : text.answers[point.answer]}</b>
              </span>
              {sees === 'all' && point.note !== null ? <span class="small soft">{point.note}</span> : null}
              {sees === 'all' && point.photoHref !== null ? (
                <img class="complaint-photo" src={point.photoHref} alt={text.photoAlt} />
              ) : null}
            </li>
          ))}
        </ul>
        {sees === 'all' ? <Signed view={view} /> : null}
      </section>
    </>
  );
}

function Signed({ view: { words, visit } }: { view: VisitView }) {
  const text = words.visit;
  return (
    <>
      {visit.note === null ? null : <p class="lines">{visit.note}</p>}
      {visit.signedName === null ? null : <p>{text.signedBy(visit.signedName)}</p>}
      {visit.signatureHref === null ? null : (
        <img class="signature" src={visit.signatureHref} alt={text.signaturePicture} />
      )}
      {visit.isPublished ? (
        <p class="soft">{text.published}</p>
      ) : (
        <form method="post" action={`/visits/${visit.id}/published`}>
          <button class="btn main" type="submit">
            {text.publish}
          </button>
        </form>
      )}
    </>
  );
}

export function OrderLine({ words, order }: { words: Texts; order: VisitOrderView }) {
  const text = words.visit;
  return (
    <p class="note">
      <Icon name={order.state === 'accepted' ? 'check' : 'clock'} />
      <span>
        <b>{text.orderStates[order.state]}</b>
        {order.state === 'issued'
          ? ` · ${text.orderDue(formatMoment(order.dueAt, words.lang))} · ${text.recheckAfter}`
          : ''}
        {order.answer === null ? '' : ` · ${text.mended}${words.lang === 'en' ? ': ' : '：'}${order.answer}`}
      </span>
    </p>
  );
}
