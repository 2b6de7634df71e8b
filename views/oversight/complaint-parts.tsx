// What every page about complaints shows: the state with its mark, the kind, the lot.
import { Icon } from '../parts/icon.tsx';
import type { Texts } from '../text/texts.ts';

export type ComplaintStateName = keyof Texts['complaints']['states'];
export type ComplaintKindName = keyof Texts['complaints']['kinds'];
export type ComplaintStepName = keyof Texts['complaints']['step'];

const badges = {
  new: ['due', 'alert'],
  looked: ['suspect', 'search'],
  answered: ['done', 'check'],
  closed: ['cleared', 'check'],
} as const satisfies Record<ComplaintStateName, readonly [string, string]>;

export function ComplaintBadge({ words, state }: { words: Texts; state: ComplaintStateName }) {
  const [tone, icon] = badges[state];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.complaints.states[state]}
    </span>
  );
}
