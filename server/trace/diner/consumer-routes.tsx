// The public pages behind every code: a lot's page, product, box and place, as HTML, JSON, linkset or a link type.
import { type Context, Hono } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { DinerKitchen } from '../../../views/trace/diner/diner-lot.ts';
import {
  BadCodePage,
  ContainerPage,
  ProductPage,
  SitePage,
  UnknownLotPage,
} from '../../../views/trace/diner/diner-other-pages.tsx';
import { DinerPage } from '../../../views/trace/diner/diner-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import type { DigitalLink } from '../code/digital-link.ts';
import { asGtin } from '../code/gs1.ts';
import { keyUri } from '../code/gs1-key.ts';
import { lotCodeFromGtinAndBatch } from '../code/lot-code-kinds.ts';
import { isGs1Lot, lotPath, readLotSlug } from '../lot/lot-address.ts';
import { type Lot, lotByCode, lotById, searchLot, wholeLot } from '../lot/lot-store.ts';
import { issuersIn, originIn } from '../place/origin-store.ts';
import { dinerJson } from './diner-json.ts';
import { dinerLot } from './diner-store.ts';
import { asksForLinkset, linkOfType, linksetJson, type ResolverLevel, resolverDescription } from './linkset.ts';
import { readPublicCode } from './public-code.ts';
import { publicContents, publicPlace, publicProduct } from './public-code-store.ts';

/** What the kitchen half and complaints add to a public page; given where both halves meet. */
export type DinerJoin = {
  readonly kitchens: (siteIds: readonly string[]) => readonly DinerKitchen[];
  /** `at`: the site the reader stands in, when the code said so. */
  readonly reportHref: (lotPath: string, at: string | undefined) => string | null;
};

type Shown = {
  readonly code: string;
  readonly levels: readonly ResolverLevel[];
  readonly json: () => unknown;
  readonly html: () => Promise<Response>;
};

// Only misses are counted: a shop full of diners reads pages, a search for codes finds nothing, often.
const missesPerMinute = 120;

export function consumerRoutes(deps: Deps, join: DinerJoin): Hono<Env> {
  const app = new Hono<Env>();
  const misses = new RateLimiterMemory({ points: missesPerMinute, duration: 60 });
  const answer = async (c: Context<Env>) => {
    allowOthers(c);
    const url = new URL(c.req.url);
    const code = readPublicCode(url.pathname, url.search.slice(1));
    if (code.found === 'elsewhere') return c.redirect(code.path + url.search, 301);
    if (code.found === 'fault') return strangeCode(c, deps, join, misses, code);
    return shownOrUnknown(c, misses, elementsSaid(code.link), () => linkShown(c, deps, join, code.link));
  };
  for (const path of ['/01/:gtin/10/:lot', '/01/:gtin', '/01/*', '/00/:sscc', '/414/:gln', '/414/*'])
    app.get(path, answer);
  for (const path of ['/01/*', '/00/*', '/414/*']) app.options(path, (c) => offered(c));
  app.get('/lot/:slug', (c) => {
    const lotId = readLotSlug(c.req.param('slug'), deps.secrets.linkKey);
    const lot = lotId === undefined ? undefined : lotById(deps.db, lotId);
    return shownOrUnknown(c, misses, c.req.param('slug').slice(0, 40), () =>
      lot === undefined ? undefined : lotShown(c, deps, join, lot, null),
    );
  });
  app.get('/.well-known/gs1resolver', (c) => {
    allowOthers(c);
    return c.json(resolverDescription(deps.config.publicUrl));
  });
  return app;
}

function allowOthers(c: Context<Env>): void {
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Access-Control-Expose-Headers', 'Link');
}

function offered(c: Context<Env>): Response {
  allowOthers(c);
  c.header('Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS');
  c.header('Access-Control-Allow-Headers', 'Accept, Accept-Language');
  c.header('Allow', 'GET, HEAD, OPTIONS');
  return c.body(null, 204);
}

function linkShown(c: Context<Env>, deps: Deps, join: DinerJoin, link: DigitalLink): Shown | undefined {
  const of = (ai: string) => link.qualifiers.find((element) => element.ai === ai)?.value;
  if (link.key.ai === '00') return containerShown(c, deps, link.key.value);
  if (link.key.ai === '414') return placeShown(c, deps, link.key.value);
  const gtin = asGtin(link.key.value);
  if (gtin === undefined) return undefined;
  const [batch, serial] = [of('10'), of('21')];
  if (batch === undefined && serial === undefined) return productShown(c, deps, gtin);
  const lot =
    (batch === undefined ? undefined : lotByCode(deps.db, lotCodeFromGtinAndBatch(gtin, batch))) ??
    (serial === undefined
      ? undefined
      : lotByCode(deps.db, keyUri({ key: { ai: '01', value: gtin }, qualifier: { ai: '21', value: serial } })));
  return lot === undefined ? undefined : lotShown(c, deps, join, wholeLot(deps.db, lot), serial ?? null);
}

/** What is no sound Digital Link may still be what a partner captured: a batch in Chinese, a GTIN with a wrong digit, a serial before its lot. */
function strangeCode(
  c: Context<Env>,
  deps: Deps,
  join: DinerJoin,
  misses: RateLimiterMemory,
  fault: CodeFault,
): Response | Promise<Response> {
  const { pathname } = new URL(c.req.url);
  const search = searchLot(deps.db, `https://id.gs1.org${pathname}`);
  if (search.found === 'unreadable' || search.found === 'several') return badCode(c, pathname, fault);
  if (search.found === 'one' && isGs1Lot(search.lot)) return c.redirect(lotPath(search.lot, deps.secrets.linkKey), 303);
  return shownOrUnknown(c, misses, decoded(pathname), () =>
    search.found === 'one' ? lotShown(c, deps, join, search.lot, null) : undefined,
  );
}

function lotShown(c: Context<Env>, deps: Deps, join: DinerJoin, lot: Lot, serial: string | null): Shown {
  const { db, clock, config, secrets } = deps;
  const path = lotPath(lot, secrets.linkKey);
  const at = c.req.query('at')?.slice(0, 80);
  const seen = dinerLot(db, {
    lot,
    serial,
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
      return page(c, <DinerPage words={words} here={here(c)} viewer={c.get('viewer')} lot={shown} />);
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

function productLevel(origin: string, gtin: string, title: string): ResolverLevel {
  const href = `${origin}/01/${gtin}`;
  return {
    anchor: href,
    links: [
      { type: 'pip', href, title: `${title}: product`, mediaType: 'text/html' },
      { type: 'recallStatus', href, title: `${title}: lots being recalled`, mediaType: 'text/html' },
    ],
  };
}

function productShown(c: Context<Env>, { db, clock, secrets, config }: Deps, gtin: string): Shown | undefined {
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

function containerShown(c: Context<Env>, { db, clock, secrets, config }: Deps, sscc: string): Shown | undefined {
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

function placeShown(c: Context<Env>, { db, config }: Deps, gln: string): Shown | undefined {
  const place = publicPlace(db, gln);
  if (place === undefined) return undefined;
  const href = `${config.publicUrl}/414/${gln}`;
  return {
    code: `/414/${gln}`,
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
    }),
    html: () => page(c, <SitePage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} place={place} />),
  };
}

async function shownOrUnknown(
  c: Context<Env>,
  misses: RateLimiterMemory,
  said: string,
  find: () => Shown | undefined,
): Promise<Response> {
  const shown = find();
  if (shown !== undefined) return negotiated(c, shown);
  await countMiss(c, misses);
  if (!wantsHtml(c)) throw new Problem('not_found', { detail: `Nothing is registered under ${said}.` });
  return page(c, <UnknownLotPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} code={said} />, 404);
}

async function countMiss(c: Context<Env>, misses: RateLimiterMemory): Promise<void> {
  try {
    await misses.consume(c.get('clientAddress'));
  } catch {
    throw new Problem('too_many_requests', { headers: { 'retry-after': '60' } });
  }
}

function negotiated(c: Context<Env>, shown: Shown): Response | Promise<Response> {
  const accept = c.req.header('accept') ?? '';
  const linkType = c.req.query('linkType');
  c.header('Link', `<${shown.code}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`);
  if (asksForLinkset(linkType, accept)) {
    c.header('content-type', 'application/linkset+json');
    return c.body(JSON.stringify(linksetJson(shown.levels)));
  }
  if (linkType !== undefined && linkType !== '') return redirectToType(c, shown, linkType);
  if (!wantsHtml(c) && /application\/(ld\+)?json/.test(accept)) {
    c.header('vary', 'Accept', { append: true });
    return c.json(shown.json() as Record<string, unknown>);
  }
  return shown.html();
}

function redirectToType(c: Context<Env>, shown: Shown, linkType: string): Response {
  const link = linkOfType(shown.levels, linkType);
  if (link === undefined)
    throw new Problem('not_found', { detail: `There is no link of type ${linkType.slice(0, 60)} for this code.` });
  const target = new URL(link.href);
  for (const [name, value] of new URL(c.req.url).searchParams)
    if (name !== 'linkType') target.searchParams.append(name, value);
  return c.redirect(target.toString(), 307);
}

type CodeFault = { readonly code: 'check_digit' | 'bad_link'; readonly at: string; readonly detail: string };

function badCode(c: Context<Env>, path: string, fault: CodeFault): Promise<Response> {
  const problem = new Problem('invalid_input', {
    detail: fault.detail,
    faults: [{ place: 'path', code: fault.code, detail: fault.detail }],
  });
  if (!wantsHtml(c)) throw problem;
  const words = c.get('words');
  const said = words.trace.codeFaults[fault.code] ?? fault.detail;
  return page(
    c,
    <BadCodePage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      code={decoded(path)}
      faults={[{ found: fault.at, said }]}
    />,
    400,
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).slice(0, 200);
  } catch {
    return path.slice(0, 200);
  }
}

function elementsSaid(link: DigitalLink): string {
  return [link.key, ...link.qualifiers].map(({ ai, value }) => `(${ai})${value}`).join('');
}

function wantsHtml(c: Context<Env>): boolean {
  return (c.req.header('accept') ?? '').includes('text/html');
}

function here(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}
