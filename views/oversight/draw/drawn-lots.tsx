// The lots of a draw: the place, its stratum, who was drawn to go, and what came of it.
import { localName, type Texts } from '../../text/texts.ts';

type Named = { readonly name: string; readonly nameEn: string | null };

export type DrawnLine = Named & {
  readonly stratum: string;
  /** `isGone`: may not be sent any more. */
  readonly inspectors: readonly (Named & { readonly isGone: boolean })[];
  readonly outcome: 'pass' | 'fix' | 'stop' | null;
  /** The day from which the place is closed. */
  readonly closedOn: string | null;
  /** The visit it became, for whoever may open it. */
  readonly visitHref: string | null;
};

export function stratumSaid(words: Texts, stratum: string): string {
  const [kind = '', grade = ''] = stratum.split('/');
  const names: Readonly<Record<string, string>> = words.draw.kindNames;
  return words.draw.stratumName(names[kind] ?? kind, grade);
}

function outcomeSaid(words: Texts, { outcome, closedOn }: DrawnLine): string {
  if (outcome !== null) return words.draw.results[outcome];
  return closedOn === null ? words.draw.notYet : words.standing.closedOn(closedOn);
}

export function Lots({ words, lines, all }: { words: Texts; lines: readonly DrawnLine[]; all: number }) {
  const text = words.draw;
  return (
    <section class="card stack">
      <table class="cards">
        <caption class="hide">{text.result}</caption>
        <thead>
          <tr>
            <th scope="col">{text.place}</th>
            <th scope="col">{text.stratum}</th>
            <th scope="col">{text.inspector}</th>
            <th scope="col">{text.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">
                {line.visitHref === null ? (
                  localName(words.lang, line)
                ) : (
                  <a href={line.visitHref}>{localName(words.lang, line)}</a>
                )}
              </th>
              <td data-l={text.stratum}>{stratumSaid(words, line.stratum)}</td>
              <td data-l={text.inspector}>
                {line.inspectors.length === 0
                  ? text.nobody
                  : line.inspectors
                      .map((person) => localName(words.lang, person) + (person.isGone ? text.isGone : ''))
                      .join(words.lang === 'en' ? ', ' : '、')}
              </td>
              <td data-l={text.outcome}>{outcomeSaid(words, line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length < all ? <p class="small soft">{text.shownOf(lines.length, all)}</p> : null}
    </section>
  );
}
