// A sheet of labels to print: QR, and for lots with a GTIN also GS1 DataMatrix and GS1-128.
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { PageView } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';

export type LabelLot = {
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly gtin: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly origin: string | null;
  readonly qrHref: string;
  /** Null without a GTIN. */
  readonly matrixHref: string | null;
  readonly linearHref: string | null;
  /** The same elements for people, `(01)…(17)…(10)…`. */
  readonly elements: string | null;
};

export type LabelView = PageView & { readonly lot: LabelLot; readonly copies: number };

export const mostLabels = 60;

export function LabelPage({ words, here, viewer, lot, copies }: LabelView) {
  const text = words.trace.lots;
  return (
    <TracePage
      words={words}
      title={`${text.labelTitle} ${lot.batch}`}
      here={here}
      viewer={viewer}
      scripts={['scan.js']}
    >
      <header class="row spread top no-print">
        <div class="stack">
          <h1>{text.labelTitle}</h1>
          <p class="soft">{text.labelLead}</p>
          {lot.gtin === null ? <p class="small soft">{text.labelOwnNote}</p> : null}
        </div>
        <form class="row" method="get" action={here.split('?')[0]}>
          <label for="copies">{text.labelCopies}</label>
          <input
            class="short"
            id="copies"
            name="copies"
            type="number"
            min={1}
            max={mostLabels}
            value={String(copies)}
          />
          <button class="btn" type="submit">
            {words.trace.shop.show}
          </button>
          <button class="btn main" type="button" data-print hidden>
            <Icon name="print" />
            {text.labelPrint}
          </button>
        </form>
      </header>
      <div class="labels">
        {Array.from({ length: copies }, () => (
          <Label words={words} lot={lot} />
        ))}
      </div>
    </TracePage>
  );
}

function Label({ words, lot }: { words: Texts; lot: LabelLot }) {
  const { trace } = words;
  return (
    <article class="label">
      <div class="label-text">
        <h2>{productOf(words, lot)}</h2>
        <dl class="facts small">
          <dt>{trace.batch}</dt>
          <dd class="code">{lot.batch}</dd>
          {lot.gtin === null ? null : (
            <>
              <dt>GTIN</dt>
              <dd class="code">{lot.gtin}</dd>
            </>
          )}
          {lot.origin === null ? null : (
            <>
              <dt>{trace.origin}</dt>
              <dd>{lot.origin}</dd>
            </>
          )}
          {lot.producedAt === null ? null : (
            <>
              <dt>{trace.producedAt}</dt>
              <dd>{formatDate(lot.producedAt)}</dd>
            </>
          )}
          {lot.expiresAt === null ? null : (
            <>
              <dt>{trace.expiresAt}</dt>
              <dd>{formatDate(lot.expiresAt)}</dd>
            </>
          )}
        </dl>
      </div>
      <figure class="label-qr">
        <img src={lot.qrHref} alt={trace.lots.labelQr} width={120} height={120} />
        <figcaption>{trace.lots.labelScan}</figcaption>
      </figure>
      {lot.matrixHref === null || lot.linearHref === null ? null : (
        <div class="label-bars">
          <img class="linear" src={lot.linearHref} alt={trace.lots.labelLinear} />
          <img class="matrix" src={lot.matrixHref} alt={trace.lots.labelMatrix} width={52} height={52} />
          <p class="code">{lot.elements}</p>
        </div>
      )}
    </article>
  );
}
