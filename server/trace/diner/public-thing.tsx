// A product, a box or a place as anybody may see it, each as page, JSON and links.
import type { Context } from 'hono';
import { ContainerPage, ProductPage } from '../../../views/trace/diner/diner-other-pages.tsx';
import { PlacePage } from '../../../views/trace/diner/place-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { here, page } from '../../http/respond.tsx';
import { productLevel } from './linkset.ts';
import type { Shown } from './public-answer.tsx';
import { publicContents, publicPlace, publicProduct } from './public-code-store.ts';
import type { DinerJoin } from './public-lot.tsx';

export function productShown(c: Context<Env>, { db, clock, secrets, config }: Deps, gtin: string): Shown | undefined {
  const product = publicProduct(db, gtin, secrets.linkKey, clock());
  if (product === undefined) return undefined;
  return {
    code: `/01/${gtin}`,
    levels: [productLevel(config.publicUrl, gtin, product.productName ?? gtin)],
    json: () => ({
      gtin,
      product: product.productName,
      productEn: product.productNameEn,
      recalledLots: product.recalled.map(({ href, batch, state }) => ({ href: config.publicUrl + href, batch, state })),
    }),
    html: () =>
      page(c, <ProductPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} gtin={gtin} {...product} />),
  };
}

export function containerShown(c: Context<Env>, { db, clock, secrets, config }: Deps, sscc: string): Shown | undefined {
  const lots = publicContents(db, sscc, secrets.linkKey, clock());
  if (lots === undefined) return undefined;
  const href = `${config.publicUrl}/00/${sscc}`;
  return {
    code: `/00/${sscc}`,
    levels: [{ anchor: href, links: [{ type: 'traceability', href, title: `SSCC ${sscc}`, mediaType: 'text/html' }] }],
    json: () => ({
      sscc,
      lots: lots.map((lot) => ({ href: config.publicUrl + lot.href, batch: lot.batch, state: lot.state })),
    }),
    html: () =>
      page(c, <ContainerPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} sscc={sscc} lots={lots} />),
  };
}

export function placeShown(c: Context<Env>, { db, config }: Deps, join: DinerJoin, gln: string): Shown | undefined {
  const place = publicPlace(db, gln);
  if (place === undefined) return undefined;
  const path = `/414/${gln}`;
  const recalled = join.recalledGoods(gln);
  const kitchen = join.kitchens([gln])[0] ?? null;
  const reportHref = join.reportHref(path, undefined);
  const href = config.publicUrl + path;
  return {
    code: path,
    levels: [
      { anchor: href, links: [{ type: 'locationInfo', href, title: place.name ?? gln, mediaType: 'text/html' }] },
    ],
    json: () => ({
      gln,
      name: place.name,
      nameEn: place.nameEn,
      kind: place.kind,
      address: place.address,
      addressEn: place.addressEn,
      score: kitchen?.score ?? null,
      recalledLots: recalled.map(({ batch, publicHref, sealed }) => ({
        href: config.publicUrl + publicHref,
        batch,
        sealed,
      })),
    }),
    html: () => {
      const view = { words: c.get('words'), here: here(c), viewer: c.get('viewer') };
      return page(
        c,
        <PlacePage
          origin={config.publicUrl}
          {...view}
          place={place}
          recalled={recalled}
          kitchen={kitchen}
          reportHref={reportHref}
        />,
      );
    },
  };
}
