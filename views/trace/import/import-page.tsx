// The import of a sheet of lots: a preview with every cell in doubt, what each heading holds, and nothing taken until all is settled.
import { Icon } from '../../parts/icon.tsx';
import { TracePage } from '../trace-page.tsx';
import { Mapping, SheetChoice } from './import-mapping.tsx';
import { Preview } from './import-preview.tsx';
import { ImportList } from './import-progress-page.tsx';
import type { ImportView } from './import-view.ts';

export function ImportPage(view: ImportView) {
  const { words, here, viewer, preview, done, recent } = view;
  const text = words.trace.importing;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.title}</h1>
          <p class="soft">{text.lead}</p>
        </div>
        <a class="btn small" href="/lots/import/sample.csv">
          <Icon name="download" />
          {text.sample}
        </a>
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>
            {text.done(done.made, done.known, done.claims)} <a href="/lots">{words.trace.lots.title}</a>
          </span>
        </p>
      )}
      <form class="stack-wide" method="post" action="/lots/import" enctype="multipart/form-data">
        {preview === null ? null : <Looked view={view} preview={preview} />}
        <Sent view={view} />
      </form>
      {recent.length === 0 ? null : <ImportList words={words} imports={recent} />}
    </TracePage>
  );
}

function Looked({ view, preview }: { view: ImportView; preview: NonNullable<ImportView['preview']> }) {
  const { words, columns, doubts } = view;
  const text = words.trace.importing;
  const hasDoubts = preview.said.some(({ level }) => level === 'doubt');
  return (
    <>
      <SheetChoice words={words} sheets={preview.sheets} />
      <Mapping words={words} headings={preview.headings} columns={columns} />
      <Preview words={words} preview={preview} />
      {hasDoubts ? (
        <label class="choice">
          <input type="checkbox" name="doubts" value="take" checked={doubts === 'take'} />
          <span>{text.takeDoubts}</span>
        </label>
      ) : null}
      <Buttons view={view} />
    </>
  );
}

function Buttons({ view: { words, preview } }: { view: ImportView }) {
  const text = words.trace.importing;
  // Doubts are confirmed and the sheet taken in one step; faults and headings want another look.
  const mayTake =
    preview !== null &&
    preview.rowCount > 0 &&
    preview.said.every(({ level }) => level === 'doubt' || level === 'note');
  return (
    <div class="row">
      <button class={mayTake ? 'btn' : 'btn main'} type="submit" name="preview" value="1">
        {text.preview}
      </button>
      {mayTake ? (
        <button class="btn main" type="submit" name="preview" value="0">
          {text.take}
        </button>
      ) : null}
    </div>
  );
}

function Sent({ view }: { view: ImportView }) {
  const { words, columns, csv, draft, preview } = view;
  const text = words.trace.importing;
  return (
    <section class="card stack">
      {draft === null ? null : <input type="hidden" name="draft" value={draft.id} />}
      <div class="field">
        <label for="file">{text.file}</label>
        <input id="file" name="file" type="file" accept=".csv,.xlsx,.txt,.tsv,text/csv,text/plain" />
        {draft === null ? null : <p class="hint">{text.kept(draft.name)}</p>}
      </div>
      <div class="field">
        <label for="csv">{text.paste}</label>
        <textarea id="csv" name="csv" class="sheet" spellcheck={false} rows={preview === null ? 8 : 4}>
          {csv}
        </textarea>
        <p class="hint">
          {text.known}
          {words.lang === 'en' ? ': ' : '：'}
          <span>{columns.map(({ label }) => label).join(words.lang === 'en' ? ', ' : '、')}</span>
        </p>
      </div>
      {preview === null ? <Buttons view={view} /> : null}
    </section>
  );
}
