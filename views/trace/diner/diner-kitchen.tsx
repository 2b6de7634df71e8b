// What the kitchen's record says, when a kitchen served the lot, and where to tell of a problem.
import { ClosedNote } from '../../parts/closed-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatMoment, formatNumber } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { DinerKitchen } from './diner-lot.ts';

type KitchenView = { readonly words: Texts; readonly kitchen: DinerKitchen; readonly title: string };

export function KitchenCard({ words, kitchen, title }: KitchenView) {
  const text = words.trace.diner;
  return (
    <section class="card stack" id="kitchen">
      <div class="card-head">
        <h2>{title}</h2>
        <span class="small faint">{localName(words.lang, kitchen)}</span>
      </div>
      <ClosedNote words={words} day={kitchen.closedOn} />
      {kitchen.picture === null ? null : (
        <figure class="stack">
          <img
            class="pic"
            src={kitchen.picture.href}
            alt={text.kitchenPicture(formatMoment(kitchen.picture.at, words.lang))}
            width={960}
            height={540}
            loading="lazy"
          />
          <figcaption class="small faint">
            {text.kitchenPicture(formatMoment(kitchen.picture.at, words.lang))}
          </figcaption>
        </figure>
      )}
      <div class="row spread">
        {kitchen.score === null ? null : (
          <div>
            <p class="small faint">{text.score}</p>
            <p class="big">
              {formatNumber(kitchen.score, 0)} <small>/ 100</small>
            </p>
          </div>
        )}
        <dl class="facts small">
          {(
            [
              [text.checks, kitchen.checks],
              [text.confirmed, kitchen.confirmed],
              [text.corrected, kitchen.corrected],
            ] as const
          ).map(([name, count]) => (
            <>
              <dt>{name}</dt>
              <dd class="right">
                <b>{text.times(count)}</b>
              </dd>
            </>
          ))}
        </dl>
      </div>
      {kitchen.recordHref === null ? null : (
        <a class="btn wide" href={kitchen.recordHref}>
          {text.publicRecord}
        </a>
      )}
    </section>
  );
}

export function ReportCard({ words, href }: { words: Texts; href: string }) {
  const text = words.trace.diner;
  return (
    <section class="card stack" id="report">
      <h2>{text.report}</h2>
      <p class="small soft">{text.reportLead}</p>
      <a class="btn main wide" href={href}>
        <Icon name="flag" />
        {text.report}
      </a>
    </section>
  );
}
