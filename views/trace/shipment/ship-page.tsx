// Scanning out on a phone: a row for each lot, to whom or sold, one question about what should not leave, one undo.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { AmountFields } from '../amount-fields.tsx';
import { LotBadge, type LotState, namedFaults, type PageView, type PlaceName } from '../parts.tsx';
import { Scanner } from '../scanner.tsx';
import { SiteField } from '../site-field.tsx';
import { TracePage } from '../trace-page.tsx';

type Values = Readonly<Record<string, string>>;

export type ShipView = PageView & {
  readonly sites: readonly PlaceName[];
  /** Names of places to choose from. */
  readonly places: readonly string[];
  readonly values: Values;
  readonly rows: number;
  readonly faults: readonly FieldFault[];
  /** When it was begun: the same shipment sent again is the same one. */
  readonly at: string;
  readonly warned: readonly { readonly batch: string; readonly state: LotState }[];
  readonly done: { readonly batches: readonly string[]; readonly again: number; readonly values: Values } | null;
  readonly undone: 'undone' | 'late' | null;
  readonly undoMinutes: number;
};

export function ShipPage(view: ShipView) {
  const { words, here, viewer, sites, undone } = view;
  const text = words.trace.shipment;
  return (
    <TracePage
      words={words}
      title={text.title}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      scripts={['scan.js']}
      modules={['ship.js']}
    >
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      {undone === null ? null : (
        <p class={undone === 'late' ? 'note is-warn' : 'note'} role="status">
          <Icon name={undone === 'late' ? 'alert' : 'undo'} />
          <span>{undone === 'late' ? text.late : text.undone}</span>
        </p>
      )}
      <Done view={view} />
      {sites.length === 0 ? (
        <p class="note is-warn">
          <Icon name="info" />
          <span>{words.trace.shop.noSite}</span>
        </p>
      ) : (
        <ShipForm view={view} />
      )}
    </TracePage>
  );
}

function Done({ view: { words, done, undoMinutes } }: { view: ShipView }) {
  if (done === null) return null;
  const text = words.trace.shipment;
  return (
    <section class="card rim is-good stack" role="status">
      <p class="row">
        <Icon name="check" tone="good" />
        <b>{text.done(done.batches.length)}</b>
        <span class="code">{done.batches.join(' ')}</span>
        {done.again === 0 ? null : <span class="soft">{text.again(done.again)}</span>}
      </p>
      <form method="post" action="/ship/undone">
        {Object.entries(done.values).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button class="btn wide-phone" type="submit">
          <Icon name="undo" />
          {text.undo(undoMinutes)}
        </button>
      </form>
    </section>
  );
}

function ShipForm({ view }: { view: ShipView }) {
  const { words, values, faults, rows, at } = view;
  const text = words.trace.shipment;
  const { shop } = words.trace;
  return (
    <form
      class="card rim stack"
      method="post"
      action="/ship"
      id="ship"
      novalidate
      data-way="out"
      data-not-read={shop.notRead}
      data-scanned={shop.scanned('{code}')}
      data-box={text.lineName('#')}
    >
      <Faults words={words} faults={namedFaults(words, faults, (place) => lineName(view, place))} />
      <Warned view={view} />
      <input type="hidden" name="at" value={at} />
      <SiteField words={words} label={text.from} sites={view.sites} chosen={values['site']} faults={faults} />
      <Scanner words={words} />
      <ol class="boxes-in" data-rows>
        {Array.from({ length: rows }, (_, row) => (
          <Line view={view} row={row} />
        ))}
      </ol>
      <template data-row-template>
        <Line view={{ ...view, values: {}, faults: [] }} row={-1} />
      </template>
      {/* The first button of the form: Enter without scripts adds a row, and sends nothing. */}
      <button class="btn wide-phone" type="submit" name="rows" value={String(rows + 1)} data-no-script>
        {text.oneMore}
      </button>
      <WhereTo view={view} />
      <button class="btn main wide-phone" type="submit">
        <Icon name="truck" />
        {text.submit}
      </button>
    </form>
  );
}

function WhereTo({ view: { words, values, faults, places } }: { view: ShipView }) {
  const text = words.trace.shipment;
  return (
    <>
      <fieldset class="stack">
        <legend>{text.way}</legend>
        {(['ship', 'sell'] as const).map((way) => (
          <label class="row">
            <input type="radio" name="way" value={way} checked={(values['way'] ?? 'ship') === way} />
            {text.ways[way]}
          </label>
        ))}
      </fieldset>
      <Field label={text.to} name="to" hint={text.toHint} faults={faults}>
        <input
          id={fieldId('to')}
          name="to"
          value={values['to'] ?? ''}
          list="places"
          autocomplete="off"
          maxlength={200}
          aria-describedby={`${fieldId('to')}-hint`}
        />
      </Field>
      <datalist id="places">
        {places.map((name) => (
          <option value={name} />
        ))}
      </datalist>
    </>
  );
}

function Warned({ view: { words, warned } }: { view: ShipView }) {
  if (warned.length === 0) return null;
  const text = words.trace.shipment;
  return (
    <div class="note is-bad" role="alert">
      <Icon name="alert" tone="bad" />
      <div class="stack">
        <b>{text.warned}</b>
        <ul class="stack">
          {warned.map(({ batch, state }) => (
            <li class="row">
              <span class="code">{batch}</span>
              <LotBadge words={words} state={state} />
            </li>
          ))}
        </ul>
        <label class="row">
          <input type="checkbox" name="accept" value="warned" />
          <span>{text.accept}</span>
        </label>
      </div>
    </div>
  );
}

function lineName({ words }: ShipView, place: string): string | undefined {
  const row = /^lines\/(\d+)\//.exec(place)?.[1];
  return row === undefined ? undefined : words.trace.shipment.lineName(String(Number(row) + 1));
}

/** `row` −1: the template that scripts copy. */
function Line({ view: { words, values, faults, rows }, row }: { view: ShipView; row: number }) {
  const { shop, shipment: text } = words.trace;
  const name = (part: string) => `lines.${row < 0 ? '#' : row}.${part}`;
  return (
    <li class="box-row">
      <div class="row spread">
        <b class="small" data-number>
          {text.lineName(row < 0 ? '#' : String(row + 1))}
        </b>
        <button class="btn small bare" type="button" data-remove hidden>
          {shop.remove}
        </button>
      </div>
      <Field label={shop.type} name={name('code')} faults={faults}>
        <input
          id={fieldId(name('code'))}
          name={name('code')}
          value={values[name('code')] ?? ''}
          autocomplete="off"
          autofocus={row > 0 && row === rows - 1}
        />
      </Field>
      <ul class="choices-in" data-choices hidden />
      <p class="told" data-told role="status" hidden />
      <div class="box-more">
        <AmountFields
          words={words}
          names={{ quantity: name('quantity'), unit: name('unit') }}
          values={values}
          faults={faults}
        />
      </div>
    </li>
  );
}
