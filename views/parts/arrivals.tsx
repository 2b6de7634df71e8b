// What came to a shop today: product, batch, amount, from whom; what is no longer fit says so.
import { localName, type Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { formatTime } from './time.ts';

export type Arrival = {
  readonly at: number;
  readonly href: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly supplier: { readonly name: string | null; readonly nameEn: string | null } | null;
  readonly state: keyof Texts['trace']['lotStates'];
};

type ArrivalsView = {
  readonly words: Texts;
  readonly arrivals: readonly Arrival[];
  /** An amount with its unit, as the pages of the chain write it. */
  readonly amount: (words: Texts, value: number, unit: string | null) => string;
};

export function Arrivals({ words, arrivals, amount }: ArrivalsView) {
  const { kitchen, trace } = words;
  return (
    <section class="card stack" id="arrivals">
      <div class="card-head">
        <h2>{kitchen.arrivalsTitle}</h2>
        <a class="small" href="/my/purchases">
          {kitchen.allArrivals}
        </a>
      </div>
      {arrivals.length === 0 ? (
        <p class="soft">
          {kitchen.noArrivals} <a href="/receive">{kitchen.scanReceive}</a>
        </p>
      ) : (
        <ul class="stack plain">
          {arrivals.map((goods) => (
            <li>
              <a href={goods.href}>
                {goods.productName === null
                  ? trace.unnamedProduct
                  : localName(words.lang, { name: goods.productName, nameEn: goods.productNameEn })}
              </a>{' '}
              <span class="code small">{goods.batch}</span>{' '}
              {goods.quantity === null ? null : <b>{amount(words, goods.quantity, goods.unit)}</b>}
              {goods.state === 'ok' ? null : (
                <span class="badge due">
                  <Icon name="alert" />
                  {trace.lotStates[goods.state]}
                </span>
              )}
              <span class="small faint block">
                {formatTime(goods.at, words.lang)}
                {goods.supplier?.name == null
                  ? ''
                  : ` · ${localName(words.lang, { ...goods.supplier, name: goods.supplier.name })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
