// Asks a supplier, with one press, for what is missing of a product's data: a notice in both languages, once a day.
import { textsFor } from '../../../views/text/texts.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { sendNotice } from '../notice/send-notice.ts';
import { type Completeness, keyData } from './completeness.ts';
import { completenessFor } from './completeness-store.ts';

/**
 * Throws Problem `not_found` where nothing of it was received, `conflict` where nothing is missing, `invalid_input` where the
 * supplier has nobody who can be told.
 */
export function askSupplier(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  { supplier, product }: { readonly supplier: string; readonly product: string },
  caller: Caller,
): void {
  const known = completenessFor(deps, caller.sites).find((row) => row.supplier === supplier && row.product === product);
  if (known === undefined) throw new Problem('not_found');
  if (known.share === 1) throw new Problem('conflict', { detail: 'Nothing is missing of this product.' });
  const [buyer] = placesOf(deps.db, caller.sites).values();
  const named = { name: buyer?.name ?? caller.name, nameEn: buyer?.nameEn ?? caller.nameEn ?? null };
  const [zh, en] = [askIn('zh-CN', known, named), askIn('en', known, named)];
  const day = beijingDay(deps.clock());
  sendNotice(
    deps,
    {
      kind: 'ask',
      key: `ask/${sha256Hex(JSON.stringify([caller.id, supplier, product])).slice(0, 40)}/${day}`,
      title: { zh: zh.title, en: en.title },
      body: { zh: zh.body, en: en.body },
      href: '/lots',
      to: { sites: [supplier] },
    },
    null,
  );
}

const longestTitle = 120;

function askIn(
  lang: 'zh-CN' | 'en',
  { product, productEn, missing }: Completeness,
  buyer: { readonly name: string; readonly nameEn: string | null },
): { title: string; body: string } {
  const { trade } = textsFor(lang);
  const what = keyData.filter((datum) => missing[datum] > 0).map((datum) => trade.keyData[datum]);
  const name = lang === 'en' ? (buyer.nameEn ?? buyer.name) : buyer.name;
  const goods = lang === 'en' ? (productEn ?? product) : product;
  return {
    title: trade.askTitle(goods).slice(0, longestTitle),
    body: trade.askBody(name, goods, what.join(lang === 'en' ? ', ' : '、')),
  };
}
