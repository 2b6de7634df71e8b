// Flags as a table: what was suspected, where, when, and what a person made of it.
import { formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { Named, ViolationText } from '../named.ts';
import { type BoxedPicture, Thumb } from '../picture/picture.tsx';
import { Experimental, FlagBadge, type FlagStatusName } from '../state-badge.tsx';

export type FlagLine = {
  readonly id: number;
  readonly violation: ViolationText;
  readonly at: number;
  readonly place: Named;
  readonly status: FlagStatusName;
  readonly picture: BoxedPicture;
  readonly orderId: number | undefined;
};

/** `lots`: whether a confirmed flag leads to the lots of its hour. */
export function FlagTable(props: {
  readonly words: Texts;
  readonly flags: readonly FlagLine[];
  readonly lots?: 'linked';
}) {
  const { words, flags, lots } = props;
  const { kitchen, lang } = words;
  if (flags.length === 0) return <p class="soft">{kitchen.noFlags}</p>;
  return (
    <table class="cards flag-table">
      <caption class="hide">{kitchen.flagsHere}</caption>
      <thead>
        <tr>
          <th scope="col">{kitchen.violation}</th>
          <th scope="col">{kitchen.picture}</th>
          <th scope="col">{kitchen.place}</th>
          <th scope="col">{kitchen.seenAt}</th>
          <th scope="col">{kitchen.state}</th>
        </tr>
      </thead>
      <tbody>
        {flags.map((flag) => (
          <tr>
            <th scope="row">
              {flag.orderId === undefined ? (
                flag.violation.name
              ) : (
                <a href={`/orders/${flag.orderId}`}>{flag.violation.name}</a>
              )}{' '}
              <Experimental words={words} on={flag.violation.experimental} />
            </th>
            <td data-l={kitchen.picture}>
              <div class="pic tiny">
                <Thumb picture={flag.picture} alt={flag.violation.name} />
              </div>
            </td>
            <td data-l={kitchen.place}>{localName(lang, flag.place)}</td>
            <td data-l={kitchen.seenAt}>
              <time>{formatTime(flag.at, lang)}</time>
            </td>
            <td class="now" data-l={kitchen.state}>
              <FlagBadge words={words} status={flag.status} />{' '}
              {lots === 'linked' && flag.status === 'confirmed' ? (
                <a class="small" href={`/flags/${flag.id}/lots`}>
                  {words.join.lotsThen}
                </a>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
