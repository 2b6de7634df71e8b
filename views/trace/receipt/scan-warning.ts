// What speaks against taking a box, in words.
import type { Texts } from '../../text/texts.ts';

export type WarningSaid = {
  readonly code: keyof Texts['trace']['scan']['warnings'];
  readonly batch: string;
  readonly day: string | undefined;
  readonly other: string | undefined;
};

export function warningSaid(words: Texts, { code, batch, day = '', other = '' }: WarningSaid): string {
  return words.trace.scan.warnings[code](batch, day, other);
}
