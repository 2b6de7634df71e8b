// A grower's promise (承诺达标合格证) as paper: what it is about, what is promised, on what ground, with a code that leads to the lot.
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { amountWithMark, type PlaceName, placeName } from '../../trace/parts.tsx';

export type PromiseView = {
  readonly id: number;
  readonly product: string;
  readonly batch: string;
  readonly href: string;
  readonly origin: string | null;
  readonly place: PlaceName;
  readonly number: string | null;
  readonly grower: string;
  readonly contact: string;
  readonly quantity: number;
  readonly unit: string | null;
  readonly ground: keyof Texts['purchase']['grounds'];
  readonly at: number;
};

export function PromisePaper({ words, promise }: { words: Texts; promise: PromiseView }) {
  const text = words.purchase;
  const rows = [
    ...(promise.number === null ? [] : [[text.ownNumber, promise.number] as const]),
    [text.product, promise.product],
    [text.quantity, amountWithMark(words, promise.quantity, promise.unit)],
    [text.batch, promise.batch],
    [text.origin, promise.origin ?? placeName(words, promise.place)],
    [text.grower, promise.grower],
    [text.contact, promise.contact],
    [text.ground, text.grounds[promise.ground]],
    [text.madeOn, formatDate(promise.at)],
  ] as const;
  return (
    <section class="card stack">
      <div class="row spread top">
        <h2>{text.promiseTitle}</h2>
        <img class="qr" src={`${promise.href}/qr.svg`} alt={text.qrOf(promise.batch)} width={112} height={112} />
      </div>
      <p>{text.promiseWords}</p>
      <ol>
        {text.promises.map((line) => (
          <li>{line}</li>
        ))}
      </ol>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
