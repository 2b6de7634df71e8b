// Says since when a kitchen is closed, wherever somebody could take it for open.
import type { Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';

/** Null: it is in business, and nothing is said. */
export function ClosedNote({ words, day }: { words: Texts; day: string | null }) {
  return day === null ? null : (
    <p class="note is-warn" role="status" data-closed>
      <Icon name="info" />
      <span>{words.standing.closedOn(day)}</span>
    </p>
  );
}
