// What speaks against taking a box, or letting it go, in words.
import type { Texts } from '../../text/texts.ts';

export type WarningSaid = {
  readonly code: keyof Texts['trace']['scan']['warnings'];
  readonly batch: string;
  readonly day: string | undefined;
  readonly other: string | undefined;
};

export function warningSaid(
  words: Texts,
  { code, batch, day = '', other = '' }: WarningSaid,
  way: 'in' | 'out' = 'in',
): string {
  const { warnings, leaving } = words.trace.scan;
  const said = way === 'out' ? { ...warnings, ...leaving } : warnings;
  return said[code](batch, day, other);
}
