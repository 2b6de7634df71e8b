// Who holds a lot, with what came in and what is there.
import type { Texts } from '../../text/texts.ts';
import { amountWithMark, kindAndPlace, type PlaceName, placeName } from '../parts.tsx';

export type LotHolder = {
  readonly place: PlaceName;
  readonly received: number | null;
  readonly onHand: number | null;
  readonly unit: string | null;
};

export function LotHolders({ words, holders }: { words: Texts; holders: readonly LotHolder[] }) {
  const { trace } = words;
  return (
    <section class="card stack" id="holders">
      <h2>{trace.lots.holders}</h2>
      {holders.length === 0 ? (
        <p class="small soft">{trace.lots.holdersEmpty}</p>
      ) : (
        <table class="cards">
          <caption class="hide">{trace.lots.holders}</caption>
          <thead>
            <tr>
              <th scope="col">{trace.bench.site}</th>
              <th scope="col" class="right">
                {trace.bench.received}
              </th>
              <th scope="col" class="right">
                {trace.bench.onHand}
              </th>
            </tr>
          </thead>
          <tbody>
            {holders.map((holder) => (
              <tr>
                <th scope="row">
                  {placeName(words, holder.place)}
                  <span class="small faint block">{kindAndPlace(words, holder.place)}</span>
                </th>
                <td data-l={trace.bench.received} class="right">
                  {holder.received === null ? '—' : amountWithMark(words, holder.received, holder.unit)}
                </td>
                <td data-l={trace.bench.onHand} class="right">
                  {holder.onHand === null ? '—' : amountWithMark(words, holder.onHand, holder.unit)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
