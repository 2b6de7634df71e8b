// The data sets made so far: state, contents and the file.
import { Icon } from '../../parts/icon.tsx';
import { formatDate, formatMoment } from '../../parts/time.ts';
import type { DatasetLine, DatasetsView, Words } from './datasets-view.ts';

export function ExportTable({ words, exports }: Pick<DatasetsView, 'words' | 'exports'>) {
  const text = words.learning.dataset;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{text.reason}</th>
          <th scope="col">{text.askedAt}</th>
          <th scope="col">{text.state}</th>
          <th scope="col">{text.contents}</th>
          <th scope="col" />
        </tr>
      </thead>
      <tbody>
        {exports.map((line) => (
          <tr>
            <th scope="row">{line.reason}</th>
            <td data-l={text.askedAt}>
              <time datetime={new Date(line.askedAt).toISOString()}>{formatMoment(line.askedAt, words.lang)}</time>
              <div class="small faint">{line.by}</div>
            </td>
            <td data-l={text.state} class="now">
              <StateOf text={text} line={line} />
            </td>
            <td data-l={text.contents}>
              <Contents text={text} line={line} />
            </td>
            <td>
              <Download text={text} line={line} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const badges: Readonly<Record<DatasetLine['state'], readonly [kind: string, icon: string]>> = {
  waiting: ['unsure', 'clock'],
  running: ['due', 'clock'],
  done: ['done', 'check'],
  failed: ['refused', 'alert'],
  gone: ['offline', 'slash'],
};

function StateOf({ text, line }: { text: Words; line: DatasetLine }) {
  const [kind, icon] = badges[line.state];
  return (
    <>
      <span class={`badge ${kind}`}>
        <Icon name={icon} />
        {text.states[line.state]}
      </span>
      {line.state === 'running' ? (
        <div class="small">
          <progress value={line.done} max={Math.max(1, line.total)} /> {text.progress(line.done, line.total)}
        </div>
      ) : null}
    </>
  );
}

function Contents({ text, line: { fault, made } }: { text: Words; line: DatasetLine }) {
  if (fault !== undefined) return <span>{text.faults[fault]}</span>;
  if (made === undefined) return <span class="faint">–</span>;
  return (
    <>
      <div>{text.pictures(made.pictures)}</div>
      <div class="small faint">
        {text.ofKitchens(made.kitchens)}
        {made.leftOut === 0 ? null : ` · ${text.leftOut(made.leftOut)}`}
      </div>
      <div class="small faint">
        {text.digest} <code>{made.digest.slice(0, 12)}</code>
      </div>
    </>
  );
}

function Download({ text, line: { id, state, made } }: { text: Words; line: DatasetLine }) {
  if (state !== 'done' || made === undefined) return null;
  return (
    <>
      <a class="btn" href={`/datasets/${id}/file`} download>
        {text.download} {made.megabytes.toFixed(1)}&nbsp;MB
      </a>
      <div class="small faint">{text.keptUntil(formatDate(made.goneAt))}</div>
    </>
  );
}
