// Where complaints go: a text to try, the rules, and for an administrator their change.
import { Faults, Field, type FieldFault, fieldId } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import { formatMoment } from '../parts/time.ts';
import { localName } from '../text/texts.ts';
import type { PageView } from '../trace/parts.tsx';

export type RoutingView = PageView & {
  readonly tried: {
    readonly words: string;
    readonly desk: string;
    readonly deskEn: string;
    readonly number: number;
    readonly word: string | null;
    readonly first: 'shop' | 'inspector';
    readonly urgency: 'at_once' | 'day' | 'routine';
  } | null;
  readonly rules: string;
  readonly mayChange: boolean;
  readonly versions: readonly {
    readonly id: number;
    readonly reason: string;
    readonly by: string | null;
    readonly at: number;
  }[];
  readonly faults: readonly FieldFault[];
  readonly reason: string;
  /** Of a sheet that was read and is not saved; undefined: none was. */
  readonly preview:
    | { readonly rules: number; readonly desks: number; readonly moved: number; readonly all: number }
    | undefined;
};

export function RoutingPage(view: RoutingView) {
  const { words, here, viewer, versions } = view;
  const text = words.mediation;
  return (
    <Page words={words} title={text.routingTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.routingTitle}</h1>
        <p class="soft">{text.routingLead}</p>
      </header>
      <Try view={view} />
      {view.mayChange ? <Sheet view={view} /> : null}
      <Rules view={view} />
      {versions.length === 0 ? null : (
        <section class="card stack">
          <h2>{text.versions}</h2>
          <ul class="stack small">
            {versions.map(({ reason, by, at }) => (
              <li>
                {reason} <span class="faint">{`${by ?? ''} ${formatMoment(at, words.lang)}`}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function Try({ view: { words, tried } }: { view: RoutingView }) {
  const text = words.mediation;
  return (
    <section class="card stack">
      <h2>{text.routingTry}</h2>
      <form class="stack" method="get" action="/complaints/routing">
        <Field label={text.tryText} name="words" faults={[]}>
          <textarea id={fieldId('words')} name="words" maxlength={2000}>
            {tried?.words ?? ''}
          </textarea>
        </Field>
        <button class="btn" type="submit">
          {text.tryGo}
        </button>
      </form>
      {tried === null ? null : (
        <p class="note" role="status">
          <span>
            <b>{text.goesTo(localName(words.lang, { name: tried.desk, nameEn: tried.deskEn }), tried.number)}</b>{' '}
            {tried.word === null ? text.byKind : text.matched(tried.word)} · {text.urgency[tried.urgency]} ·{' '}
            {text.asksFirst[tried.first]}
          </span>
        </p>
      )}
    </section>
  );
}

function Sheet({ view: { words, preview } }: { view: RoutingView }) {
  const text = words.mediation;
  return (
    <section class="card stack">
      <h2>{text.sheetTitle}</h2>
      <p class="small soft">{text.sheetHint}</p>
      <form class="row" method="post" action="/complaints/routing/preview" enctype="multipart/form-data">
        <input type="file" name="file" aria-label={text.sheetFile} accept=".csv,.txt,.xlsx" />
        <button class="btn" type="submit">
          {text.sheetPreview}
        </button>
      </form>
      {preview === undefined ? null : (
        <p class="note" role="status">
          <span>
            {text.sheetRead(preview.rules, preview.desks)} {text.sheetMoves(preview.moved, preview.all)}
          </span>
        </p>
      )}
    </section>
  );
}

function Rules({ view: { words, rules, mayChange, faults, reason } }: { view: RoutingView }) {
  const text = words.mediation;
  return (
    <section class="card stack">
      <h2>{text.rules}</h2>
      <form class="stack" method="post" action="/complaints/routing" novalidate>
        <Faults words={words} faults={faults} />
        <Field label={text.rules} name="rules" hint={text.rulesHint} faults={faults}>
          <textarea id={fieldId('rules')} name="rules" rows={16} readonly={!mayChange} aria-describedby="f-rules-hint">
            {rules}
          </textarea>
        </Field>
        {mayChange ? (
          <>
            <Field label={text.reason} name="reason" value={reason} faults={faults} autocomplete="off" />
            <button class="btn main" type="submit">
              {words.common.save}
            </button>
          </>
        ) : null}
      </form>
    </section>
  );
}
