// Tells the other side of an order what became of it, in both languages.
import { type Texts, textsFor } from '../../../views/text/texts.ts';
import type { Deps } from '../../deps.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { tell } from '../notice/send-notice.ts';

export type OrderNews = {
  readonly id: number;
  readonly about: keyof Texts['purchase']['news'];
  /** Site ids. */
  readonly to: string;
  readonly from: string;
};

/** Where nobody can be told, nothing happens. Inside a transaction it becomes part of it. */
export function tellOfOrder(deps: Pick<Deps, 'db' | 'clock'>, { id, about, to, from }: OrderNews): void {
  const place = placesOf(deps.db, [from]).get(from);
  const said = (lang: 'zh-CN' | 'en') => {
    const name = (lang === 'en' ? (place?.nameEn ?? place?.name) : place?.name) ?? from;
    return textsFor(lang).purchase.news[about](name.slice(0, 60), id);
  };
  const [zh, en] = [said('zh-CN'), said('en')];
  tell(deps, {
    kind: 'trade',
    key: `purchase-order/${id}/${about}`,
    title: { zh: zh.title, en: en.title },
    body: { zh: zh.body, en: en.body },
    href: `/my/trade/${id}`,
    to: { sites: [to] },
  });
}
