// The forms that add a set of packs: by upload, by other thresholds.

import { Field, fieldId } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import type { PacksView } from './packs-view.ts';

export function AddForm({ words }: { words: Texts }) {
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

export function ThresholdForm({ words, thresholds }: PacksView) {
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
