// The import of a sheet of lots: a preview that marks every faulty cell, and nothing taken until all are right.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import type { PageView } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';

export type CellFault = { readonly row: number; readonly column: string; readonly said: string };

export type ImportPreview = {
  readonly columns: readonly string[];
  /** The rows as they came, from the first data row on. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly rowCount: number;
  readonly faults: readonly CellFault[];
};

export type ImportView = PageView & {
  readonly columns: readonly string[];
  readonly preview: ImportPreview | null;
  /** The sheet itself, kept in the form so that taking it needs no second upload. */
  readonly csv: string;
  readonly done: { readonly made: number; readonly known: number } | null;
};

export function ImportPage({ words, here, viewer, columns, preview, csv, done }: ImportView) {
  const text = words.trace.lots;
  const ready = preview !== null && preview.faults.length === 0 && preview.rowCount > 0;
  return (
    <TracePage words={words} title={text.importTitle} here={here} viewer={viewer}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.importTitle}</h1>
          <p class="soft">{text.importLead}</p>
        </div>
        <a class="btn small" href="/lots/import/sample.csv">
          <Icon name="download" />
          {text.importSample}
        </a>
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>
            {text.importDone(done.made, done.known)} <a href="/lots">{text.title}</a>
          </span>
        </p>
      )}
      {preview === null ? null : <Preview words={words} preview={preview} />}
      <form class="card stack" method="post" action="/lots/import" enctype="multipart/form-data">
        <div class="field">
          <label for="file">{text.importFile}</label>
          <input id="file" name="file" type="file" accept=".csv,.xlsx,text/csv,text/plain" />
        </div>
        <div class="field">
          <label for="csv">{text.importPaste}</label>
          <textarea id="csv" name="csv" class="sheet" spellcheck={false} rows={8}>
            {csv}
          </textarea>
          <p class="hint">
            {text.importColumns}
            {words.lang === 'en' ? ': ' : '：'}
            <span class="code">{columns.join(words.lang === 'en' ? ', ' : '、')}</span>
          </p>
        </div>
        <div class="row">
          <button class={ready ? 'btn' : 'btn main'} type="submit" name="preview" value="1">
            {text.importPreview}
          </button>
          {ready ? (
            <button class="btn main" type="submit" name="preview" value="0">
              {text.importTake}
            </button>
          ) : null}
        </div>
      </form>
    </TracePage>
  );
}

function Preview({ words, preview }: { words: Texts; preview: ImportPreview }) {
  const text = words.trace.lots;
  const good = preview.faults.length === 0 && preview.rowCount > 0;
  return (
    <section class={`card rim stack ${good ? 'is-good' : 'is-bad'}`} id="preview">
      <p class="row" role={good ? 'status' : 'alert'}>
        <Icon name={good ? 'check' : 'alert'} tone={good ? 'good' : 'bad'} />
        <b>
          {preview.rowCount === 0
            ? text.importEmpty
            : good
              ? text.importGood(preview.rowCount)
              : text.importBad(preview.faults.length)}
        </b>
      </p>
      {preview.faults.length === 0 ? null : <FaultList words={words} preview={preview} />}
      <section class="scroll" tabindex={0} aria-label={text.importPreview}>
        <table class="sheet-table">
          <thead>
            <tr>
              <th scope="col" class="right">
                {text.importRow}
              </th>
              {preview.columns.map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map(({ row, cells }) => (
              <SheetRow words={words} preview={preview} row={row} cells={cells} />
            ))}
          </tbody>
        </table>
      </section>
      {preview.rows.length < preview.rowCount ? (
        <p class="small soft">{text.importCut(preview.rows.length, preview.rowCount)}</p>
      ) : null}
    </section>
  );
}

const listedFaults = 100;

function FaultList({ words, preview }: { words: Texts; preview: ImportPreview }) {
  const text = words.trace.lots;
  return (
    <details class="faults" open={preview.faults.length <= 12}>
      <summary>{text.importFaultList}</summary>
      <ul>
        {preview.faults.slice(0, listedFaults).map((fault) => (
          <li>
            <a href={`#${cellId(fault.row, fault.column)}`}>{text.cell(fault.row, fault.column)}</a> {fault.said}
          </li>
        ))}
      </ul>
      {preview.faults.length > listedFaults ? (
        <p class="small">{words.trace.bench.folded(preview.faults.length - listedFaults)}</p>
      ) : null}
    </details>
  );
}

function SheetRow({
  words,
  preview,
  row,
  cells,
}: {
  words: Texts;
  preview: ImportPreview;
  row: number;
  cells: readonly string[];
}) {
  const ofRow = preview.faults.filter((fault) => fault.row === row);
  return (
    <tr class={ofRow.length > 0 ? 'is-late' : undefined}>
      <th scope="row" class="right">
        {row}
      </th>
      {preview.columns.map((column, index) => {
        const fault = ofRow.find((each) => each.column === column);
        return (
          <td
            id={fault === undefined ? undefined : cellId(row, column)}
            class={fault === undefined ? undefined : 'is-fault'}
          >
            {cells[index] ?? ''}
            {fault === undefined ? null : (
              <span class="error" title={words.trace.lots.cell(row, column)}>
                <Icon name="alert" />
                {fault.said}
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function cellId(row: number, column: string): string {
  return `cell-${row}-${column.replace(/\s+/g, '-')}`;
}
