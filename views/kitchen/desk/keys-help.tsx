// Every key of the desk, shown on "?".
import type { Texts } from '../../text/texts.ts';

export function KeysHelp({ words }: { words: Texts }) {
  const { kitchen } = words;
  const keys: readonly (readonly [string, string])[] = [
    ['F', kitchen.decisions.confirmed],
    ['D', kitchen.decisions.cleared],
    ['S', kitchen.keys.unsure],
    ['Z', kitchen.keys.undo],
    [kitchen.keys.space, kitchen.beforeAfter],
    ['1–9, 0', kitchen.keys.kind],
    ['B', kitchen.keys.boxes],
    ['R', kitchen.keys.missed],
    ['?', kitchen.keys.help],
  ];
  return (
    <dialog id="keys" popover="auto" aria-labelledby="keys-title">
      <div class="stack">
        <h2 id="keys-title">{kitchen.keys.title}</h2>
        <dl class="facts">
          {keys.map(([key, meaning]) => (
            <>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </>
          ))}
        </dl>
        <p class="small soft">{kitchen.keys.oneHand}</p>
        <p class="small soft">{kitchen.keys.swipe}</p>
      </div>
    </dialog>
  );
}
