// What stands behind the code on a shop's door: its kitchen's record, recalled goods that it holds, and where to report a problem.
import { type RecalledGoods, RecalledGoodsNote } from '../../parts/recalled-goods.tsx';
import { kindAndPlace, type PageView, type PlaceName, placeName } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import { KitchenCard, ReportCard } from './diner-kitchen.tsx';
import type { DinerKitchen } from './diner-lot.ts';

export type PlaceView = PageView & {
  readonly place: PlaceName;
  readonly recalled: readonly RecalledGoods[];
  /** Null: it is no kitchen. */
  readonly kitchen: DinerKitchen | null;
  readonly reportHref: string | null;
  /** Where the server is reached from outside. */
  readonly origin: string;
};

export function PlacePage({ words, here, viewer, place, recalled, kitchen, reportHref, origin }: PlaceView) {
  const text = words.trace.diner;
  return (
    <TracePage
      words={words}
      title={placeName(words, place)}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      preview={{ description: recalled.length === 0 ? text.siteNoRecalls : words.join.holds.title, origin }}
    >
      <section class="card rim stack">
        <h1 class="title">{placeName(words, place)}</h1>
        <RecalledGoodsNote words={words} goods={recalled} reader="public" />
        {recalled.length === 0 ? <p>{text.siteNoRecalls}</p> : null}
        <p class="soft">{kindAndPlace(words, place)}</p>
        <p class="small faint">
          GLN <span class="code">{place.id}</span>
        </p>
      </section>
      {kitchen === null ? null : <KitchenCard words={words} kitchen={kitchen} title={text.siteKitchen} />}
      {reportHref === null ? null : <ReportCard words={words} href={reportHref} />}
    </TracePage>
  );
}
