// What each heading of a sheet holds, to be said where nobody knows, and which sheet of a workbook is meant.
import type { Texts } from '../../text/texts.ts';
import type { HeadingLine, ImportPreview, ImportView } from './import-view.ts';

type Columns = ImportView['columns'];

export function SheetChoice({ words, sheets }: { words: Texts; sheets: ImportPreview['sheets'] }) {
  if (sheets.length < 2) return null;
  return (
    <fieldset class="card stack">
      <legend class="title">{words.trace.importing.whichSheet}</legend>
      {sheets.map(({ name, chosen }) => (
        <label class="choice">
          <input type="radio" name="sheet" value={name} checked={chosen === 'chosen'} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Headings to be asked about stand open; those that are known can be said anew. */
export function Mapping({
  words,
  headings,
  columns,
}: {
  words: Texts;
  headings: readonly HeadingLine[];
  columns: Columns;
}) {
  const text = words.trace.importing;
  const asked = headings.filter(({ how }) => how !== 'known');
  return (
    <details class="card stack" id="mapping" open={asked.length > 0}>
      <summary>
        <b>{text.mapping}</b>
      </summary>
      <p class="soft small">{text.mappingLead}</p>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{text.heading}</th>
            <th scope="col">{text.meaning}</th>
            <th scope="col">{text.examples}</th>
          </tr>
        </thead>
        <tbody>
          {headings.map((heading) => (
            <HeadingRow words={words} heading={heading} columns={columns} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function HeadingRow({ words, heading, columns }: { words: Texts; heading: HeadingLine; columns: Columns }) {
  const text = words.trace.importing;
  const { cell, name, field, meaning, how, near, examples } = heading;
  const nearLabel = columns.find(({ column }) => column === near)?.label;
  return (
    <tr class={how === 'asked' ? 'is-late' : undefined}>
      <th scope="row">
        <span class="faint small">{cell}</span> {name}
      </th>
      <td data-l={text.meaning}>
        <select name={field} aria-label={`${name}: ${text.meaning}`}>
          <option value="" selected={meaning === ''}>
            {text.chooseColumn}
          </option>
          {columns.map(({ column, label }) => (
            <option value={column} selected={column === meaning}>
              {label}
            </option>
          ))}
          <option value="idle" selected={meaning === 'idle'}>
            {text.leaveOut}
          </option>
        </select>
        {nearLabel === undefined || how !== 'asked' ? null : <span class="small warn"> {text.perhaps(nearLabel)}</span>}
        {how === 'chosen' ? <span class="small faint"> {text.remembered}</span> : null}
      </td>
      <td data-l={text.examples} class="soft small">
        {examples.join(words.lang === 'en' ? ', ' : '、')}
      </td>
    </tr>
  );
}
