// Codes to print: the QR of a lot for everybody, label sheets with GS1 DataMatrix and GS1-128 for who keeps lots.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { LabelPage, mostLabels } from '../../../views/trace/lot/label-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { asGtin } from '../code/gs1.ts';
import { type Element, elementString, printedElements } from '../code/gs1-element-string.ts';
import { lotCodeFromGtinAndBatch } from '../code/lot-code-kinds.ts';
import { originIn } from '../place/origin-store.ts';
import { isGs1Lot, lotPath, readLotSlug } from './lot-address.ts';
import { shortOf } from './lot-name.ts';
import { qrPath } from './lot-schemas.ts';
import { type Lot, lotByCode, lotById } from './lot-store.ts';
import { visibleLot } from './visible-lot.ts';

const copiesQuery = z.object({ copies: z.coerce.number().int().min(1).max(mostLabels).catch(6).default(6) });
const cachedSeconds = 86_400;
const quietZone = 4;

export function labelRoutes(deps: Deps): Hono<Env> {
  const { db, secrets, config } = deps;
  const app = new Hono<Env>();
  const qr = async (c: Context<Env>, lot: Lot | undefined, form: 'svg' | 'png') => {
    if (lot === undefined) throw new Problem('not_found');
    return drawn(c, form, { bcid: 'qrcode', text: config.publicUrl + lotPath(lot, secrets.linkKey), eclevel: 'M' });
  };
  for (const form of ['svg', 'png'] as const) {
    app.get(`/01/:gtin/10/:lot/qr.${form}`, (c) => {
      const gtin = asGtin(c.req.param('gtin') ?? '');
      return qr(
        c,
        gtin === undefined ? undefined : lotByCode(db, lotCodeFromGtinAndBatch(gtin, c.req.param('lot') ?? '')),
        form,
      );
    });
    app.get(`/lot/:slug/qr.${form}`, (c) => {
      const lotId = readLotSlug(c.req.param('slug') ?? '', secrets.linkKey);
      return qr(c, lotId === undefined ? undefined : lotById(db, lotId), form);
    });
  }
  app.get('/lots/:id/datamatrix.svg', (c) =>
    drawn(c, 'svg', { bcid: 'datamatrix', text: symbolText(visibleLot(c, deps)), parsefnc: true }),
  );
  app.get('/lots/:id/gs1-128.svg', (c) =>
    drawn(c, 'svg', { bcid: 'code128', text: symbolText(visibleLot(c, deps)), parsefnc: true, height: 12 }),
  );
  app.get('/lots/:id/labels', (c) => labels(c, deps));
  return app;
}

function labels(c: Context<Env>, deps: Deps): Promise<Response> {
  const lot = visibleLot(c, deps);
  const { copies } = copiesQuery.parse(c.req.query());
  const path = lotPath(lot, deps.secrets.linkKey);
  const named = isGs1Lot(lot);
  const view = {
    productName: lot.name,
    productNameEn: lot.nameEn,
    batch: shortOf(lot),
    gtin: lot.gtin,
    producedAt: lot.producedAt,
    expiresAt: lot.expiresAt,
    origin: originIn(deps.db, c.get('words').lang, lot.origin),
    qrHref: qrPath(path),
    matrixHref: named ? `/lots/${lot.id}/datamatrix.svg` : null,
    linearHref: named ? `/lots/${lot.id}/gs1-128.svg` : null,
    elements: named ? printedElements(elementsOf(lot)) : null,
  };
  return page(
    c,
    <LabelPage words={c.get('words')} here={c.req.path} viewer={c.get('viewer')} lot={view} copies={copies} />,
  );
}

type Drawing = {
  readonly bcid: string;
  readonly text: string;
  readonly eclevel?: string;
  readonly height?: number;
  readonly parsefnc?: boolean;
};

async function drawn(c: Context<Env>, form: 'svg' | 'png', drawing: Drawing): Promise<Response> {
  const options = { ...drawing, scale: 4, padding: quietZone, backgroundcolor: 'FFFFFF' };
  c.header('cache-control', `public, max-age=${cachedSeconds}`);
  const { default: bwip } = await import('bwip-js/node');
  if (form === 'svg') return c.body(bwip.toSVG(options), 200, { 'content-type': 'image/svg+xml' });
  return c.body(Uint8Array.from(await bwip.toBuffer(options)), 200, { 'content-type': 'image/png' });
}

function elementsOf(lot: Lot): Element[] {
  if (!isGs1Lot(lot)) throw new Problem('not_found', { detail: 'Only a lot under a GTIN has a GS1 bar code.' });
  const expiry = lot.expiresAt === null ? [] : [{ ai: '17', value: sixDigits(lot.expiresAt) }];
  return [{ ai: '01', value: lot.gtin }, ...expiry, { ai: '10', value: lot.batch }];
}

/** As the symbol carries it, FNC1 spelled out: written with brackets, a batch that holds one could not be told apart. */
function symbolText(lot: Lot): string {
  return elementString(elementsOf(lot)).replaceAll('^', '^FNC1');
}

function sixDigits(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '');
}
