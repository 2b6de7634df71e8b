// A lot as anybody may see it: the diner's page, its JSON, and the links a resolver knows.
import type { Context } from 'hono';
import type { RecalledGoods } from '../../../views/parts/recalled-goods.tsx';
import type { DinerKitchen } from '../../../views/trace/diner/diner-lot.ts';
import { DinerPage } from '../../../views/trace/diner/diner-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { here, page } from '../../http/respond.tsx';
import { lotPath } from '../lot/lot-address.ts';
import { shortOf } from '../lot/lot-name.ts';
import type { Lot } from '../lot/lot-store.ts';
import { issuersIn, originIn } from '../place/origin-store.ts';
import { dinerJson } from './diner-json.ts';
import { dinerLot } from './diner-store.ts';
import { productLevel, type ResolverLevel } from './linkset.ts';
import type { Shown } from './public-answer.tsx';

/** What the kitchen half and complaints add to a public page; given where both halves meet. */
export type DinerJoin = {
  readonly kitchens: (siteIds: readonly string[]) => readonly DinerKitchen[];
  /** What of open recalls is at a place. */
  readonly recalledGoods: (siteId: string) => readonly RecalledGoods[];
  /** `at`: the site the reader stands in, when the code said so. */
  readonly reportHref: (lotPath: string, at: string | undefined) => string | null;
};

/** `as`: the lot whose code was scanned; a merged one leads to another. */
type Scanned = { readonly serial?: string | undefined; readonly as?: Lot };

export function lotShown(c: Context<Env>, deps: Deps, join: DinerJoin, lot: Lot, { serial, as = lot }: Scanned): Shown {
  const { db, clock, config, secrets } = deps;
  const path = lotPath(lot, secrets.linkKey);
  const at = c.req.query('at')?.slice(0, 80);
  const seen = dinerLot(db, {
    lot,
    serial: serial ?? null,
    at,
    now: clock(),
    kitchens: join.kitchens,
    reportHref: join.reportHref(path, at),
  });
  return {
    code: path,
    levels: lotLevels(config.publicUrl, path, lot, seen.certificates.length > 0),
    json: () => dinerJson(seen, lot.code),
    html: () => {
      const words = c.get('words');
      const shown = {
        ...seen,
        origin: originIn(db, words.lang, seen.origin),
        certificates: issuersIn(db, words.lang, seen.certificates),
      };
      const view = { words, here: here(c), viewer: c.get('viewer'), lot: shown };
      const isMerged = as.kind === 'lot' && as.id !== lot.id;
      return page(c, <DinerPage {...view} scanned={isMerged ? shortOf(as) : null} origin={config.publicUrl} />);
    },
  };
}

function lotLevels(origin: string, path: string, lot: Lot, certified: boolean): ResolverLevel[] {
  const href = origin + path;
  const title = lot.name ?? lot.code;
  const html = (type: string, fragment: string, said: string) => ({
    type,
    href: href + fragment,
    title: `${title}: ${said}`,
    mediaType: 'text/html',
  });
  const levels = [
    {
      anchor: href,
      links: [
        html('traceability', '', 'from farm to table'),
        html('recallStatus', '', 'recall status'),
        html('pip', '', 'product information'),
        ...(certified ? [html('certificationInfo', '#certificates', 'certificates')] : []),
        {
          type: 'epcis',
          href: `${origin}/epcis/events?MATCH_anyEPCClass=${encodeURIComponent(lot.code)}`,
          title: `${title}: EPCIS events`,
          mediaType: 'application/ld+json',
        },
      ],
    },
  ];
  return lot.gtin === null ? levels : [...levels, productLevel(origin, lot.gtin, title)];
}
