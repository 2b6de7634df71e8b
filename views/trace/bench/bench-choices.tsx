// Lots to choose from, each with its batch and state.
import type { Texts } from '../../text/texts.ts';
import { LotBadge, type LotState } from '../parts.tsx';

/** Another lot that fits what was typed. */
export type LotChoice = {
  readonly href: string;
  readonly name: string;
  readonly code: string;
  readonly state: LotState;
};

export function Choices({ words, choices }: { words: Texts; choices: readonly LotChoice[] }) {
  return (
    <ul class="choices-list">
      {choices.map((choice) => (
        <li>
          <a href={choice.href}>{choice.name}</a>
          <span class="code small faint">{choice.code}</span>
          <LotBadge words={words} state={choice.state} />
        </li>
      ))}
    </ul>
  );
}
