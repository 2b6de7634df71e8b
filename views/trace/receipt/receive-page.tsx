// Receiving on a phone: scan, photograph or type each box, then send them together; without scripts, a form of rows.
import { Faults, Field, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { LotBadge, namedFaults } from '../parts.tsx';
import { Scanner } from '../scanner.tsx';
import { SiteField } from '../site-field.tsx';
import { TracePage } from '../trace-page.tsx';
import { BoxRow } from './box-row.tsx';
import type { ReceiveView } from './receive-view.ts';
import { Uncoded } from './uncoded-form.tsx';

export function ReceivePage(view: ReceiveView) {
  const { words, here, viewer, sites, done, missing } = view;
  const text = words.trace.shop;
  return (
    <TracePage
      words={words}
      title={text.receiveTitle}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      scripts={['scan.js']}
      modules={['receive.js']}
    >
      <header class="stack">
        <h1>{text.receiveTitle}</h1>
        <p class="soft">{text.receiveLead}</p>
        {missing === 0 ? null : (
          <p>
            <a href="/my/findings?kind=unscanned">{text.missing(missing)}</a>
          </p>
        )}
      </header>
      {done === null ? null : <Done words={words} done={done} />}
      {sites.length === 0 ? (
        <p class="note is-warn">
          <Icon name="info" />
          <span>{text.noSite}</span>
        </p>
      ) : (
        <>
          <Queue words={words} />
          {view.faults.some(({ place }) => place.startsWith('/uncoded')) ? (
            <>
              <Uncoded view={view} />
              <ReceiveForm view={view} />
            </>
          ) : (
            <>
              <ReceiveForm view={view} />
              <Uncoded view={view} />
            </>
          )}
        </>
      )}
    </TracePage>
  );
}

/** What waits on this phone to be sent: shown and spoken by `receive.js`. */
function Queue({ words }: { words: Texts }) {
  const text = words.trace.shop;
  return (
    <p
      class="note is-warn"
      id="queue"
      role="status"
      hidden
      data-waiting={text.queued(1)}
      data-waiting-many={text.queued(9)}
      data-sent={text.sentLater}
      data-refused={text.refusedLater}
      data-warned={text.warnedLater}
    >
      <Icon name="clock" />
      <span data-said />
      <button class="btn small" type="button" data-send>
        {text.sendNow}
      </button>
    </p>
  );
}

function Done({ words, done }: { words: Texts; done: NonNullable<ReceiveView['done']> }) {
  const text = words.trace.shop;
  return (
    <section class="card rim is-good stack" role="status">
      <p class="row">
        <Icon name="check" tone="good" />
        <b>{text.done(done.lots.length)}</b>
        {done.known === 0 ? null : <span class="soft">{text.doneKnown(done.known)}</span>}
        <a href="/my/purchases">{text.purchasesTitle}</a>
      </p>
      <ul class="stack small">
        {done.lots.map((lot) => (
          <li class="stack">
            <span class="row">
              <b>
                {lot.productName === null
                  ? words.trace.unnamedProduct
                  : localName(words.lang, { name: lot.productName, nameEn: lot.productNameEn })}
              </b>
              <span class="code">{lot.batch}</span>
              <LotBadge words={words} state={lot.state} />
              {lot.labelHref === null ? null : (
                <a class="btn small" href={lot.labelHref}>
                  <Icon name="print" />
                  {words.trace.bench.labelSheet}
                </a>
              )}
            </span>
            {lot.state === 'ok' ? null : (
              <span class="note is-bad">
                <Icon name="alert" tone="bad" />
                <b>{(lot.state === 'recalled' ? text.recalledWarn : text.heldWarn)(lot.batch)}</b>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ReceiveForm({ view }: { view: ReceiveView }) {
  const { words, values, faults, rows, sites, done } = view;
  const text = words.trace.shop;
  return (
    <form
      class="card rim stack"
      method="post"
      action="/receive"
      id="receive"
      novalidate
      data-offline={text.offline}
      data-not-read={text.notRead}
      data-scanned={text.scanned('{code}')}
      data-box={text.boxNumber('#')}
      data-owner={view.viewer?.name}
      data-restored={text.restored}
      data-taken={done === null ? undefined : ''}
    >
      <Faults
        words={words}
        faults={namedFaults(
          words,
          faults.filter(({ place }) => !place.startsWith('/uncoded')),
          (place) => boxName(words, place),
        )}
      />
      <input type="hidden" name="at" value={values['at'] ?? ''} data-at />
      <SiteField words={words} label={text.at} sites={sites} chosen={values['site']} faults={faults} />
      <Scanner words={words} />
      <h2>{text.boxes}</h2>
      <ol class="boxes-in" data-rows>
        {Array.from({ length: rows }, (_, row) => (
          <BoxRow view={view} row={row} />
        ))}
      </ol>
      <template data-row-template>
        <BoxRow view={{ ...view, values: {}, faults: [], choices: new Map(), warned: new Map() }} row={-1} />
      </template>
      <button class="btn wide-phone" type="submit" name="rows" value={String(rows + 1)} formnovalidate data-no-script>
        {text.oneMore}
      </button>
      <Supplier view={view} />
      <div class="row submit-bar">
        <button class="btn main wide-phone" type="submit" data-submit>
          <Icon name="check" />
          {text.submit}
        </button>
      </div>
    </form>
  );
}

function Supplier({ view: { words, values, faults, suppliers } }: { view: ReceiveView }) {
  const text = words.trace.shop;
  return (
    <>
      <Field label={text.from} name="from" hint={text.fromHint} faults={faults}>
        <input
          id={fieldId('from')}
          name="from"
          value={values['from'] ?? ''}
          list="suppliers"
          autocomplete="off"
          maxlength={200}
          aria-describedby={`${fieldId('from')}-hint`}
        />
      </Field>
      <datalist id="suppliers">
        {suppliers.map((name) => (
          <option value={name} />
        ))}
      </datalist>
    </>
  );
}

/** `第 2 箱`: which box a fault belongs to. */
function boxName(words: Texts, place: string): string | undefined {
  const row = /^boxes\/(\d+)\//.exec(place)?.[1];
  return row === undefined ? undefined : words.trace.shop.boxNumber(String(Number(row) + 1));
}
