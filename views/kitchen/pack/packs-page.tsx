// The model packs: which look, which run in shadow, which wait, how one gets there, and what happened.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatMoment, formatNumber, formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { packNames, Saved, SetBadge, type SetView, Tile } from './pack-parts.tsx';

export type StepView = {
  readonly setId: number;
  readonly at: number;
  readonly byName: string | null;
  readonly kind: keyof Texts['packs']['steps'];
  readonly reason: string | null;
};

export type ShadowView = SetView & {
  readonly shadowSince: number | null;
  readonly shadowShare: number;
  readonly looked: number;
  readonly leftOut: number;
  readonly failed: number;
  readonly progress: { readonly looked: number; readonly judged: number };
};

export type ThresholdLine = {
  /** Form field: `<pack> <violation>`. */
  readonly field: string;
  readonly name: string;
  readonly threshold: number;
};

export type PacksView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly active: (SetView & { readonly since: StepView | undefined }) | undefined;
  readonly before: SetView | undefined;
  readonly shadow: ShadowView | undefined;
  readonly others: readonly SetView[];
  readonly thresholds: readonly ThresholdLine[];
  readonly steps: readonly StepView[];
  readonly toast: string | undefined;
  readonly faults: readonly FieldFault[];
};

export function PacksPage(view: PacksView) {
  const { words, here, viewer, faults, toast } = view;
  const text = words.packs;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['packs.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <Saved text={toast} />
        <Faults words={words} faults={faults} />
      </header>
      <div class="cols">
        <div class="stack-wide">
          <Active {...view} />
          <Shadow {...view} />
          <Others {...view} />
        </div>
        <div class="stack-wide">
          <AddForm words={words} />
          <ThresholdForm {...view} />
          <History {...view} />
        </div>
      </div>
    </Page>
  );
}

function Active({ words, active, before }: PacksView) {
  const text = words.packs;
  if (active === undefined) return null;
  const { since } = active;
  return (
    <section class="card rim stack">
      <div class="card-head">
        <h2>
          {text.activeTitle} <span class="soft">{text.set(active.id)}</span>
        </h2>
        <SetBadge words={words} state="active" />
      </div>
      {since?.kind === 'fell_back' ? (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          <span>
            {text.fellBack} <span class="small">{since.reason}</span>
          </span>
        </p>
      ) : null}
      <PackTable words={words} set={active} />
      <p class="small soft">
        {text.activeSince(formatMoment(since?.at ?? active.addedAt, words.lang))}
        {since?.reason == null || since.kind === 'fell_back' ? null : ` · ${since.reason}`}
      </p>
      {before === undefined ? null : (
        <div class="row">
          <form method="post" action="/packs/rollback">
            <button type="submit" class="btn">
              <Icon name="undo" />
              {text.rollBack(before.id)}
            </button>
          </form>
          <a class="btn bare" href={`/packs/${active.id}`}>
            {text.compareBefore}
          </a>
        </div>
      )}
    </section>
  );
}

function PackTable({ words, set }: { words: Texts; set: SetView }) {
  const text = words.packs;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{text.pack}</th>
          <th scope="col">{text.version}</th>
          <th scope="col" class="right">
            {text.size}
          </th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {set.packs.map((pack) => (
          <tr>
            <th scope="row">{pack.name}</th>
            <td data-l={text.version}>{pack.version}</td>
            <td class="right num" data-l={text.size}>
              {formatNumber(pack.bytes / 1024 / 1024, 1)} MB
            </td>
            <td data-l="SHA-256">
              <code class="small soft">{pack.sha256.slice(0, 12)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Asks again by itself while judged pictures are being looked at. */
function Shadow({ words, shadow }: PacksView) {
  const text = words.packs;
  if (shadow === undefined) {
    return (
      <section class="card" id="shadow">
        <div class="empty">
          <Icon name="both" />
          <b>{text.shadowEmpty}</b>
          <p>{text.shadowEmptyNext}</p>
        </div>
      </section>
    );
  }
  const { progress } = shadow;
  return (
    <section class="card stack" id="shadow" aria-live="polite" {...askAgain(progress)}>
      <div class="card-head">
        <h2>
          {text.shadowTitle} <span class="soft">{text.set(shadow.id)}</span>
        </h2>
        <SetBadge words={words} state="shadow" />
      </div>
      <p class="small soft">{packNames(shadow)}</p>
      <dl class="tiles">
        <Tile label={text.judgedLooked} value={text.ofJudged(progress.looked, progress.judged)} />
        <Tile label={text.liveLooked} value={String(shadow.looked)} />
        <Tile label={text.leftOut} value={String(shadow.leftOut)} note={text.leftOutHint} />
        <Tile label={text.failed} value={String(shadow.failed)} />
      </dl>
      <p class="small soft">
        {text.shadowSince(
          formatMoment(shadow.shadowSince ?? shadow.addedAt, words.lang),
          percentOf(shadow.shadowShare),
        )}{' '}
        {text.shadowLead}
      </p>
      <div class="row">
        <a class="btn main" href={`/packs/${shadow.id}`}>
          {text.seeComparison}
        </a>
        <form method="post" action={`/packs/${shadow.id}/shadow-end`}>
          <button type="submit" class="btn">
            {text.endShadow}
          </button>
        </form>
      </div>
    </section>
  );
}

function askAgain({ looked, judged }: { looked: number; judged: number }) {
  if (looked >= judged) return {};
  return {
    'hx-get': '/packs',
    'hx-trigger': 'every 3s',
    'hx-select': '#shadow',
    'hx-target': '#shadow',
    'hx-swap': 'outerHTML',
  };
}

export function percentOf(share: number): string {
  return formatNumber(share * 100, share > 0 && share < 0.1 ? 1 : 0);
}

function Others({ words, others }: PacksView) {
  const text = words.packs;
  return (
    <section class="card">
      <h2>{text.candidates}</h2>
      {others.length === 0 ? (
        <p class="soft">{text.none}</p>
      ) : (
        <ul class="sets">
          {others.map((set) => (
            <OtherSet words={words} set={set} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OtherSet({ words, set }: { words: Texts; set: SetView }) {
  const text = words.packs;
  const { id, state } = set;
  return (
    <li class="stack">
      <div class="row spread">
        <h3>
          <a href={`/packs/${id}`}>{text.set(id)}</a>
        </h3>
        <SetBadge words={words} state={state} />
      </div>
      <p class="small">
        {packNames(set)}
        <span class="note-line soft">
          {text.sources[set.source]} · {formatTime(set.addedAt, words.lang)}
          {set.note === '' ? null : ` · ${set.note}`}
        </span>
        {set.fault === null ? null : <span class="note-line bad">{text.faultLine(set.fault)}</span>}
      </p>
      <div class="row">
        <form class="row share-form" method="post" action={`/packs/${id}/shadow`}>
          <label class="small" for={`share-${id}`}>
            {text.share}
          </label>
          <input id={`share-${id}`} name="percent" type="number" min="0" max="100" step="any" value="20" />
          <button type="submit" class="btn small">
            {text.startShadow}
          </button>
        </form>
        <a class="btn small bare" href={`/packs/${id}`}>
          {text.seeComparison}
        </a>
        {state === 'candidate' ? (
          <form method="post" action={`/packs/${id}/retirement`}>
            <button type="submit" class="btn small bare">
              {text.retire}
            </button>
          </form>
        ) : null}
      </div>
    </li>
  );
}

function AddForm({ words }: { words: Texts }) {
  const text = words.packs;
  return (
    <form class="card stack" method="post" action="/packs" enctype="multipart/form-data">
      <h2>{text.addTitle}</h2>
      <p class="small soft">{text.addLead}</p>
      <Field label={text.files} name="files">
        <input id={fieldId('files')} name="files" type="file" multiple accept=".onnx,.json,.zip" required />
      </Field>
      <Field label={text.note} name="note" hint={text.noteHint} />
      <label class="choice">
        <input type="checkbox" name="alone" value="1" />
        <span>{text.alone}</span>
      </label>
      <button type="submit" class="btn main">
        {text.add}
      </button>
      <p class="small faint">{text.checked}</p>
    </form>
  );
}

function ThresholdForm({ words, thresholds }: PacksView) {
  const text = words.packs;
  if (thresholds.length === 0) return null;
  return (
    <form class="card stack" method="post" action="/packs/thresholds">
      <h2>{text.thresholdTitle}</h2>
      <p class="small soft">{text.thresholdLead}</p>
      <div class="two">
        {thresholds.map((line) => (
          <Field label={line.name} name={line.field}>
            <input
              id={fieldId(line.field)}
              name={line.field}
              type="number"
              min="0"
              max="1"
              step="any"
              value={String(line.threshold)}
            />
          </Field>
        ))}
      </div>
      <button type="submit" class="btn">
        {text.tryThresholds}
      </button>
    </form>
  );
}

function History({ words, steps }: PacksView) {
  const text = words.packs;
  if (steps.length === 0) return null;
  return (
    <section class="card">
      <h2>{text.history}</h2>
      <ol class="happenings">
        {steps.map((step) => (
          <li class={step.kind === 'fell_back' ? 'bad' : undefined}>
            <time class="small faint">{formatTime(step.at, words.lang)}</time>
            <span>
              {text.steps[step.kind]} <b>{text.set(step.setId)}</b>
              <span class="note-line small soft">
                {step.byName ?? text.byProgram}
                {step.reason === null ? null : ` · ${reasonText(words, step)}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function reasonText(words: Texts, { kind, reason }: StepView): string {
  return kind === 'shadow_started' ? words.packs.shareLine(percentOf(Number(reason))) : (reason ?? '');
}
