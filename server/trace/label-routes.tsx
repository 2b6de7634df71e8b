// Codes to print: the QR of a lot for everybody, label sheets with GS1 DataMatrix and GS1-128 for who keeps lots.
import bwip from 'bwip-js/node';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { LabelPage, mostLabels } from '../../views/trace/label-page.tsx';
import type { Deps, Env } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { page } from '../http/respond.tsx';
import { asGtin } from './gs1.ts';
import { lotPath, readLotSlug } from './lot-address.ts';
import { qrPath, visibleLot } from './lot-api-routes.tsx';
import { lotCodeFromGtinAndBatch } from './lot-code.ts';
import { type Lot, lotByCode, lotById } from './lot-store.ts';
import { shortOf } from './trace-routes.tsx';

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
    drawn(c, 'svg', { bcid: 'gs1datamatrix', text: elementText(visibleLot(c, deps)) }),
  );
  app.get('/lots/:id/gs1-128.svg', (c) =>
    drawn(c, 'svg', {
      bcid: 'gs1-128',
      text: elementText(visibleLot(c, deps)),
      height: 12,
    }),
  );
  app.get('/lots/:id/labels', (c) => labels(c, deps));
  return app;
}

function labels(c: Context<Env>, deps: Deps): Promise<Response> {
  const lot = visibleLot(c, deps);
  const { copies } = copiesQuery.parse(c.req.query());
  const path = lotPath(lot, deps.secrets.linkKey);
  const named = lot.gtin !== null && lot.batch !== null;
  const view = {
    productName: lot.name,
    productNameEn: lot.nameEn,
    batch: shortOf(lot),
    gtin: lot.gtin,
    producedAt: lot.producedAt,
    expiresAt: lot.expiresAt,
    origin: lot.origin,
    qrHref: qrPath(path),
    matrixHref: named ? `/lots/${lot.id}/datamatrix.svg` : null,
    linearHref: named ? `/lots/${lot.id}/gs1-128.svg` : null,
    elements: named ? elementText(lot) : null,
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
};

async function drawn(c: Context<Env>, form: 'svg' | 'png', drawing: Drawing): Promise<Response> {
  const options = { ...drawing, scale: 4, padding: quietZone, backgroundcolor: 'FFFFFF' };
  c.header('cache-control', `public, max-age=${cachedSeconds}`);
  if (form === 'svg') return c.body(bwip.toSVG(options), 200, { 'content-type': 'image/svg+xml' });
  return c.body(Uint8Array.from(await bwip.toBuffer(options)), 200, { 'content-type': 'image/png' });
}

/** `(01)…(10)…(17)…` as bwip-js reads it; a bracket inside a value is doubled by a backslash there. */
function elementText(lot: Lot): string {
  if (lot.gtin === null || lot.batch === null)
    throw new Problem('not_found', { detail: 'Only a lot under a GTIN has a GS1 bar code.' });
  const expiry = lot.expiresAt === null ? '' : `(17)${sixDigits(lot.expiresAt)}`;
  return `(01)${lot.gtin}${expiry}(10)${lot.batch.replace(/\(/g, '\\(')}`;
}

function sixDigits(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '');
}
