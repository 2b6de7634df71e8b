// What a reviewer presses: the verdict, another kind, undo, a whole group.

import type { Child } from 'hono/jsx';
import { Icon } from '../../parts/icon.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import type { DeskFlag, DeskView, InHand } from './desk-view.ts';

export function Kinds({ words, flag }: { words: Texts; flag: DeskFlag }) {
  const one = flag.asks === 'one';
  return (
    <div class="stack">
      <p class="small soft" id="kinds">
        {one ? words.kitchen.wrongKind : words.kitchen.whichKinds}
      </p>
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles may be labelled; the rule reads literals alone. */}
      <div class="kinds" role={one ? 'radiogroup' : 'group'} aria-labelledby="kinds">
        {flag.kinds.map((kind, index) => (
          <span class="kind">
            <input
              class="hide"
              type={one ? 'radio' : 'checkbox'}
              id={`kind-${kind.id}`}
              name={one ? 'violation' : 'kinds'}
              value={kind.id}
              form="verdict"
              checked={one && kind.id === flag.violation.id}
              aria-keyshortcuts={keyOf(index)}
            />
            <label class="btn" for={`kind-${kind.id}`}>
              {keyOf(index) === undefined ? null : <kbd>{keyOf(index)}</kbd>}
              {kind.name}
            </label>
          </span>
        ))}
      </div>
    </div>
  );
}

/** 1–9, then 0; a kind beyond these is chosen by hand. */
function keyOf(index: number): string | undefined {
  return index < 10 ? String((index + 1) % 10) : undefined;
}

/** Three buttons of one size and weight, lying as S D F lie under the left hand: the desk does not nudge. */
export function VerdictForm({ words, flag, queue, address, undo }: InHand & { undo: Child }) {
  const { kitchen } = words;
  const action = `/flags/${flag.id}/verdict`;
  const swap = { 'hx-target': '#main', 'hx-swap': 'innerHTML show:none' };
  return (
    <section class="verdict" aria-label={kitchen.question(flag.violation.name)}>
      <form id="verdict" method="post" action={action} hx-post={action} {...swap}>
        <input type="hidden" name="key" value={flag.key} />
        <input type="hidden" name="queue" value={queue} />
        <input type="hidden" name="view" value={address} />
        <input type="hidden" name="ms" value="" />
        <button type="submit" class="btn ask" name="verdict" value="unsure" aria-keyshortcuts="S">
          <Icon name="question" />
          {kitchen.decisions.unsure}
          <kbd>S</kbd>
        </button>
        <button type="submit" class="btn no" name="verdict" value="cleared" aria-keyshortcuts="D">
          <Icon name="slash" />
          {flag.asks === 'one' ? kitchen.decisions.cleared : kitchen.nothingThere}
          <kbd>D</kbd>
        </button>
        <button type="submit" class="btn yes" name="verdict" value="confirmed" aria-keyshortcuts="F">
          <Icon name="octagon" />
          {flag.asks === 'one' ? kitchen.decisions.confirmed : kitchen.theseThere}
          <kbd>F</kbd>
        </button>
      </form>
      {undo}
    </section>
  );
}

/** Where the undo will stand once it is known what was said last. */
export function UndoPlace() {
  return <span class="btn undo" id="undo" aria-disabled="true"></span>;
}

export function UndoForm({ words, queue, last, address }: Pick<DeskView, 'words' | 'queue' | 'last' | 'address'>) {
  const { kitchen, lang } = words;
  // The place is kept, so that the verdicts above never move under the hand.
  if (last === undefined) {
    return (
      <span class="btn undo" id="undo" aria-disabled="true">
        {kitchen.nothingToUndo}
      </span>
    );
  }
  const said = kitchen.lastVerdict(
    kitchen.decisions[last.decision],
    localName(lang, last.restaurant),
    localName(lang, last.place),
  );
  return (
    <form
      id="undo"
      method="post"
      action="/review/undo"
      hx-post="/review/undo"
      hx-target="#main"
      hx-swap="innerHTML show:none"
    >
      <input type="hidden" name="queue" value={queue} />
      <input type="hidden" name="view" value={address} />
      <button type="submit" class="btn undo" aria-keyshortcuts="Z">
        <kbd>Z</kbd>
        <Icon name="undo" />
        {words.common.undo}
        <small>{said}</small>
      </button>
    </form>
  );
}
