// The preview of a sheet: what stops it, worst first, and its rows with the cells marked.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import type { CellSaid, ImportPreview, Level } from './import-view.ts';

type Seen = { readonly words: Texts; readonly preview: ImportPreview };

export function Preview({ words, preview }: Seen) {
  const text = words.trace.importing;
  const worst = (['ask', 'fault', 'doubt'] as const).find((level) => preview.said.some((one) => one.level === level));
  const isGood = worst === undefined && preview.rowCount > 0;
  return (
    <section class={`card rim stack ${isGood ? 'is-good' : 'is-bad'}`} id="preview">
      <p class="row" role={isGood ? 'status' : 'alert'}>
        <Icon name={isGood ? 'check' : 'alert'} tone={isGood ? 'good' : 'bad'} />
        <b>{preview.rowCount === 0 && worst === undefined ? text.empty : headline(words, preview, worst)}</b>
      </p>
      {(['ask', 'fault', 'doubt', 'note'] as const).map((level) => (
        <SaidList words={words} said={preview.said.filter((one) => one.level === level)} level={level} />
      ))}
      {preview.rows.length === 0 ? null : <SheetTable words={words} preview={preview} />}
      {preview.rows.length < preview.rowCount ? (
        <p class="small soft">{text.cut(preview.rows.length, preview.rowCount)}</p>
      ) : null}
    </section>
  );
}

function headline(
  words: Texts,
  { said, rowCount, lotCount }: ImportPreview,
  worst: Exclude<Level, 'note'> | undefined,
): string {
  const text = words.trace.importing;
  if (worst === undefined) return text.good(rowCount, lotCount);
  const count = said.filter(({ level }) => level === worst).length;
  return worst === 'ask' ? text.asked(count) : worst === 'fault' ? text.bad(count) : text.doubted(count);
}

const listedFaults = 100;
const openUntil = 12;

function SaidList({ words, said, level }: { words: Texts; said: readonly CellSaid[]; level: Level }) {
  const text = words.trace.importing;
  if (said.length === 0) return null;
  return (
    <details class={level === 'note' ? 'soft' : 'faults'} open={said.length <= openUntil && level !== 'note'}>
      <summary>
        {text.levels[level]} · {said.length}
      </summary>
      <ul>
        {said.slice(0, listedFaults).map((one) => (
          <li>
            <a href={`#cell-${one.cell}`}>{text.cell(one.cell, one.column)}</a> {one.said}
            <Shown text={one.shown} />
          </li>
        ))}
      </ul>
      {said.length > listedFaults ? <p class="small">{words.trace.bench.folded(said.length - listedFaults)}</p> : null}
    </details>
  );
}

function Shown({ text }: { text: string | null }) {
  return text === null || text === '' ? null : <span class="code small"> {text}</span>;
}

function SheetTable({ words, preview }: Seen) {
  const text = words.trace.importing;
  return (
    <section class="scroll" tabindex={0} aria-label={text.preview}>
      <table class="sheet-table">
        <thead>
          <tr>
            <th scope="col" class="right">
              {text.row}
            </th>
            {preview.columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map(({ row, cells }) => (
            <tr>
              <th scope="row" class="right">
                {row}
              </th>
              {cells.map(({ text: shown, said }) => (
                <SheetCell text={shown} said={said} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SheetCell({ text, said }: { text: string; said: readonly CellSaid[] }) {
  const [first] = said;
  if (first === undefined) return <td>{text}</td>;
  const marked = said.some(({ level }) => level !== 'note');
  return (
    <td id={`cell-${first.cell}`} class={marked ? 'is-fault' : undefined}>
      {text}
      {said.map((one) => (
        <span class={one.level === 'note' ? 'small soft block' : 'error'} title={one.cell}>
          {one.level === 'note' ? null : <Icon name="alert" />}
          {one.said}
          <Shown text={one.shown} />
        </span>
      ))}
    </td>
  );
}
