// Small shops over HTTP: the form at the door, what was checked, the decision, photos, and what the code at the door opens.
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { PublicShopPage, ShopFormPage, ShopPage } from '../../../views/oversight/sweep/shop-pages.tsx';
import { formatDate } from '../../../views/parts/time.ts';
import { say } from '../../../views/text/say.ts';
import type { Texts } from '../../../views/text/texts.ts';
import { qrImage } from '../../accounts/factor/qr.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { linkHolds, signLink } from '../../http/signed-link.ts';
import { repeatedFields } from '../../http/upload-form.ts';
import { restaurantBySite } from '../../kitchen/restaurant/restaurant-store.ts';
import { sendPicture } from '../../sight/send-picture.ts';
import { showPicture } from '../../sight/show-picture.ts';
import { decideShop } from './decide-shop.ts';
import { registerShop } from './register-shop.ts';
import { readShopForm } from './shop-form.ts';
import { publicShop, type Shop, shopById } from './sweep-store.ts';

const decisionSchema = z.object({
  decision: z.enum(['approved', 'refused']),
  note: z.string().trim().max(1_000).default(''),
});

export function shopRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/sweep/shops/new', (c) =>
    form(c, { values: { door: c.req.query('door') ?? '' }, sells: [], faults: [], status: 200 }),
  );
  app.post('/sweep/shops', (c) => register(c, deps));
  app.get('/sweep/shops/:id', (c) => show(c, deps, { typed: '', faults: [] }));
  app.post('/sweep/shops/:id/decision', (c) => decide(c, deps));
  app.get('/sweep/shops/:id/photos/:hash', (c) => photo(c, deps));
  app.get('/shops/:id', (c) => open(c, deps));
  return app;
}

type Typed = {
  readonly values: Readonly<Record<string, string>>;
  readonly sells: readonly string[];
  readonly faults: readonly Fault[];
  readonly status: number;
};

function form(c: Context<Env>, { values, sells, faults, status }: Typed): Promise<Response> {
  const words = c.get('words');
  const door = values['door'] ?? '';
  return page(
    c,
    <ShopFormPage
      words={words}
      here={`/sweep/shops/new${door === '' ? '' : `?door=${encodeURIComponent(door)}`}`}
      viewer={c.get('viewer')}
      formKey={values['key'] ?? randomUUID()}
      values={values}
      sells={sells}
      faults={saidFaults(words, faults)}
      first={faults.map(({ detail }) => /: (\/(?:sweep\/shops|kitchens)\/\d+)$/.exec(detail)?.[1]).find(Boolean)}
    />,
    status as 200,
  );
}

async function register(c: Context<Env>, deps: Deps): Promise<Response> {
  const fields = await repeatedFields(c);
  try {
    const id = await registerShop(deps, signedInCaller(c), readShopForm(fields));
    return seeOther(c, `/sweep/shops/${id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const values = Object.fromEntries(
      Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    const sells = [fields['sells']].flat().map(String);
    return form(c, { values, sells, faults: error.faults, status: error.status });
  }
}

async function show(
  c: Context<Env>,
  deps: Deps,
  { typed, faults }: { typed: string; faults: readonly Fault[] },
): Promise<Response> {
  const words = c.get('words');
  const shop = visible(c, deps);
  return page(
    c,
    <ShopPage
      words={words}
      here={`/sweep/shops/${shop.id}`}
      viewer={c.get('viewer')}
      shop={{
        ...shop,
        day: formatDate(shop.at),
        isAuto: shop.state === 'approved' && shop.decidedBy === null,
        photos: {
          licence: photoLink(deps, shop.id, shop.licencePhoto),
          front: photoLink(deps, shop.id, shop.frontPhoto),
        },
        kitchenHref: kitchenOf(deps, shop.siteId),
        code: shop.state === 'approved' ? await qrImage(`${deps.config.publicUrl}/shops/${shop.id}`) : undefined,
      }}
      typed={typed}
      faults={saidFaults(words, faults)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

function kitchenOf({ db }: Deps, siteId: string | null): string | undefined {
  const kitchen = siteId === null ? undefined : restaurantBySite(db, siteId);
  return kitchen === undefined ? undefined : `/kitchens/${kitchen.id}`;
}

function photoLink({ secrets, clock }: Deps, id: number, hash: string | null): string | null {
  return hash === null ? null : signLink(secrets.linkKey, `/sweep/shops/${id}/photos/${hash}`, clock());
}

async function decide(c: Context<Env>, deps: Deps): Promise<Response> {
  const id = idParam(c, 'id');
  const decided = await readBody(c, decisionSchema);
  try {
    decideShop(deps, signedInCaller(c), id, decided);
    return seeOther(c, `/sweep/shops/${id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { typed: decided.note, faults: error.faults });
  }
}

/** Opens by a signed address of a page that an inspector was shown, and only a photo of this shop; blurred like any other. */
async function photo(c: Context<Env>, deps: Deps): Promise<Response> {
  const shop = visible(c, deps);
  const hash = c.req.param('hash') ?? '';
  const query = new URL(c.req.url).searchParams;
  const signed = linkHolds(deps.secrets.linkKey, 'GET', c.req.path, query, deps.clock());
  if (!signed || ![shop.licencePhoto, shop.frontPhoto].includes(hash)) throw new Problem('not_found');
  const looker = { role: signedInCaller(c).role, purpose: 'page' } as const;
  return sendPicture(c, await showPicture(deps, { hash, looker }));
}

function open(c: Context<Env>, deps: Deps): Promise<Response> {
  const shop = publicShop(deps.db, idParam(c, 'id'));
  if (shop === undefined) throw new Problem('not_found');
  const view = { words: c.get('words'), here: c.req.path, viewer: c.get('viewer') };
  const isKitchen = kitchenOf(deps, shop.siteId) !== undefined;
  const recordHref = isKitchen ? `/records/${encodeURIComponent(shop.siteId ?? '')}` : undefined;
  return page(c, <PublicShopPage {...view} shop={{ ...shop, day: formatDate(shop.at), recordHref }} />);
}

function visible(c: Context<Env>, { db }: Deps): Shop {
  const shop = shopById(db, signedInCaller(c), idParam(c, 'id'));
  if (shop === undefined) throw new Problem('not_found');
  return shop;
}

function saidFaults(words: Texts, faults: readonly Fault[]) {
  return faults.map(({ place, code, detail }) => ({ place, detail: words.sweep.faults[code] ?? say(words, detail) }));
}
