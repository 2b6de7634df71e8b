// That a kitchen holds goods of an open recall: said on its page, and to whoever reads the code on its door.
import { localName, type Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { formatDate } from './time.ts';

export type RecalledGoods = {
  readonly lotId: number;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly since: number;
  /** The holder said that it is set aside. */
  readonly sealed: boolean;
  /** Its public page. */
  readonly publicHref: string;
};

type Reader = 'public' | 'office';

/** `reader`: an office is led to lot and kitchens, a passer-by to the lot's public page. */
export function RecalledGoodsNote(props: {
  readonly words: Texts;
  readonly goods: readonly RecalledGoods[];
  readonly reader: Reader;
}) {
  const { words, goods, reader } = props;
  const text = words.join.holds;
  if (goods.length === 0) return null;
  return (
    <div class="note is-bad" role="status">
      <Icon name="alert" />
      <div class="stack">
        <p>
          <b>{text.title}</b> {reader === 'public' ? text.forDiners : text.forOffice}
        </p>
        <ul class="stack">
          {goods.map((lot) => (
            <li>
              <a href={reader === 'public' ? lot.publicHref : `/lots/${lot.lotId}/kitchens`}>
                {lot.productName === null
                  ? ''
                  : `${localName(words.lang, { name: lot.productName, nameEn: lot.productNameEn })} `}
                {lot.batch}
              </a>{' '}
              <span class="small">
                {text.since(formatDate(lot.since))} · {lot.sealed ? text.sealed : text.notSealed}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
