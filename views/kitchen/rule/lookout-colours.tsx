// Colours of work clothes and hats: ticked by hand, or learnt from three pictures and shown back before they are saved.
import { Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import type { LearntView, LookoutFieldValue } from './lookouts-view.ts';

type Props = { readonly words: Texts; readonly lookout: LookoutFieldValue; readonly faults: readonly FieldFault[] };

const colours = ['white', 'grey', 'black', 'blue', 'green', 'red', 'yellow', 'purple'] as const;

export function Colours({ words, lookout, faults }: Props) {
  const text = words.lookout;
  const name = `lookout-${lookout.index}-colours`;
  const fault = faults.find(({ place }) => place === name);
  if (lookout.colours === undefined) return null;
  return (
    <fieldset>
      <legend>{lookout.rule === 'hat' ? text.hatColoursTitle : text.coloursTitle}</legend>
      <div class="row wrap">
        {colours.map((colour) => (
          <label class="choice">
            <input type="checkbox" name={name} value={colour} checked={lookout.colours?.includes(colour)} />
            <span>{text.colours[colour]}</span>
          </label>
        ))}
      </div>
      {fault === undefined ? null : <p class="error small">{fault.detail}</p>}
      <Field
        label={text.showPictures}
        name={`lookout-${lookout.index}-pictures`}
        hint={text.showPicturesHint}
        faults={faults}
      >
        <input
          id={fieldId(`lookout-${lookout.index}-pictures`)}
          name={`lookout-${lookout.index}-pictures`}
          type="file"
          accept="image/*"
          multiple
        />
      </Field>
    </fieldset>
  );
}

/** Said before anything is saved; where the pictures disagree, it asks. */
export function LearntFrom({ words, learnt }: { readonly words: Texts; readonly learnt: LearntView | undefined }) {
  const text = words.lookout;
  if (learnt === undefined) return null;
  return (
    <div class={learnt.outcome === 'agree' ? 'note' : 'note is-warn'} role="status">
      <div>
        <p>{text.learnt[learnt.outcome]}</p>
        <ol>
          {learnt.pictures.map((picture) => (
            <li>
              {picture === undefined
                ? text.nobodySeen
                : text.pictureShows(text.colours[picture.colour], Math.round(picture.share * 100))}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
