// The meanings a scan can have, each with its batch, its days and whether such a lot is known, to choose one.
import { localName, type Texts } from '../../text/texts.ts';
import { LotBadge, type LotState } from '../parts.tsx';

export type ReadingChoice = {
  readonly href: string;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  /** null: no such lot is registered. */
  readonly state: LotState | null;
  /** `2027-02-28`, as the code says. */
  readonly expiresOn: string | null;
  readonly producedOn: string | null;
};

export function ReadingChoices({ words, readings }: { words: Texts; readings: readonly ReadingChoice[] }) {
  const text = words.trace.scan;
  return (
    <ul class="choices-list">
      {readings.map((reading) => (
        <li>
          <a href={reading.href}>{text.batch(reading.batch)}</a>
          <span class="small soft">{readingSaid(words, reading)}</span>
          {reading.state === null ? null : <LotBadge words={words} state={reading.state} />}
        </li>
      ))}
    </ul>
  );
}

/** Everything that tells one meaning from another, in one line. */
export function readingSaid(words: Texts, reading: Omit<ReadingChoice, 'href'>): string {
  const text = words.trace.scan;
  const { productName, productNameEn, state, expiresOn, producedOn } = reading;
  return [
    productName === null ? '' : localName(words.lang, { name: productName, nameEn: productNameEn }),
    expiresOn === null ? '' : text.expires(expiresOn),
    producedOn === null ? '' : text.produced(producedOn),
    state === null ? text.unregistered : text.registered,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
