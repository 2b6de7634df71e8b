// Attaching a logger's file to a shipment: the file, then what was read from it and every doubt by its line.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatMoment, formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { type PageView, type PlaceName, placeName } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';

type Told = {
  readonly level: 'fault' | 'doubt' | 'note';
  readonly code: string;
  readonly cell: string;
  readonly detail: string;
  readonly shown: string;
};

export type LoggerView = PageView & {
  readonly shipment: {
    readonly id: number;
    readonly shippedAt: number;
    readonly receivedAt: number | null;
    readonly from: PlaceName | null;
    readonly to: PlaceName | null;
    readonly lots: number;
    readonly lotId: number | null;
    readonly batch: string;
    readonly productName: string | null;
    readonly productNameEn: string | null;
  };
  readonly faults: readonly FieldFault[];
  readonly file: {
    readonly readings: readonly { readonly at: number; readonly minC: number; readonly maxC: number }[];
    readonly found: readonly Told[];
  } | null;
  readonly done: { readonly readings: number; readonly known: 'new' | 'known' } | null;
};

const mostTold = 60;
const orders = ['ymd', 'dmy', 'mdy'] as const;

export function LoggerPage(view: LoggerView) {
  const { words, here, viewer, shipment, file, done } = view;
  const text = words.trace.logger;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer} mainClass="narrow">
      <header class="stack">
        <h1>{text.title}</h1>
        <p>
          {shipment.lotId === null ? null : <a href={`/lots/${shipment.lotId}`}>{productOf(words, shipment)}</a>}{' '}
          <span class="code">{shipment.batch}</span>
          {shipment.lots > 1 ? <span class="soft"> {text.andMore(shipment.lots - 1)}</span> : null}
        </p>
        <p class="soft">
          {text.way(place(words, shipment.from), place(words, shipment.to))}{' '}
          {text.time(
            formatMoment(shipment.shippedAt, words.lang),
            shipment.receivedAt === null ? null : formatMoment(shipment.receivedAt, words.lang),
          )}
        </p>
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{done.known === 'known' ? text.known : text.done(done.readings)}</span>
        </p>
      )}
      {file === null ? null : <Read words={words} file={file} />}
      <FileForm view={view} />
    </TracePage>
  );
}

function place(words: Texts, found: PlaceName | null): string {
  return found === null ? words.trace.unknownPlace : placeName(words, found);
}

function Read({ words, file }: { words: Texts; file: NonNullable<LoggerView['file']> }) {
  const text = words.trace.logger;
  const [first, last] = [file.readings[0], file.readings.at(-1)];
  const lowest = file.readings.reduce((least, { minC }) => Math.min(least, minC), Number.POSITIVE_INFINITY);
  const highest = file.readings.reduce((most, { maxC }) => Math.max(most, maxC), Number.NEGATIVE_INFINITY);
  return (
    <section class="card stack" id="read">
      <h2>{text.read(file.readings.length)}</h2>
      {first === undefined || last === undefined ? null : (
        <p>
          {text.time(formatMoment(first.at, words.lang), formatMoment(last.at, words.lang))}{' '}
          {text.range(formatNumber(lowest, 1), formatNumber(highest, 1))}
        </p>
      )}
      {file.found.length === 0 ? null : (
        <table class="cards">
          <caption class="hide">{text.told}</caption>
          <thead>
            <tr>
              <th scope="col">{text.cell}</th>
              <th scope="col">{text.told}</th>
            </tr>
          </thead>
          <tbody>
            {file.found.slice(0, mostTold).map((told) => (
              <tr>
                <th scope="row" class="code">
                  {told.cell}
                </th>
                <td>
                  <span
                    class={
                      told.level === 'fault' ? 'badge refused' : told.level === 'doubt' ? 'badge due' : 'badge offline'
                    }
                  >
                    {text.levels[told.level]}
                  </span>{' '}
                  {text.said[told.code]?.(told.shown) ?? told.detail}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {file.found.length > mostTold ? <p class="small soft">{words.common.cutShort}</p> : null}
    </section>
  );
}

function FileForm({ view: { words, shipment, faults, file, done } }: { view: LoggerView }) {
  const text = words.trace.logger;
  return (
    <form class="card stack" method="post" action={`/shipments/${shipment.id}/readings`} enctype="multipart/form-data">
      <Faults words={words} faults={faults} />
      <Field label={text.file} name="file" faults={faults} hint={text.fileHint}>
        <input
          id={fieldId('file')}
          name="file"
          type="file"
          accept=".csv,.txt,.tsv,.xlsx,text/csv"
          required
          aria-describedby={`${fieldId('file')}-hint`}
        />
      </Field>
      {file?.found.some(({ code }) => code === 'ambiguous_day') ? (
        <Field label={text.order} name="order">
          <select id={fieldId('order')} name="order">
            {orders.map((order) => (
              <option value={order}>{text.orders[order]}</option>
            ))}
          </select>
        </Field>
      ) : null}
      {file?.found.some(({ level }) => level === 'doubt') && done === null ? (
        <label class="check">
          <input type="checkbox" name="doubts" value="take" /> {text.takeDoubts}
        </label>
      ) : null}
      <div class="row">
        <button class="btn main" type="submit">
          <Icon name="temp" />
          {text.attach}
        </button>
      </div>
    </form>
  );
}
