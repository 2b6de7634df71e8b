// Scanning out: the page of rows, the question about goods that should not leave, and the undo of a slip.
import { type Context, Hono } from 'hono';
import { say } from '../../../views/text/say.ts';
import { localFaults } from '../../../views/trace/parts.tsx';
import { ShipPage, type ShipView } from '../../../views/trace/shipment/ship-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, readBody } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { namedPlaces } from '../lot/lot-list-store.ts';
import { shortOf } from '../lot/lot-name.ts';
import { ownPlaces } from '../place/own-place-store.ts';
import { shipGoods, undoMinutes, undoShipment } from './ship-goods.ts';
import { mostLines, shipmentSchema } from './shipment.ts';

type Values = Readonly<Record<string, string>>;

export function shipRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/ship', (c) => {
    const code = c.req.query('code')?.slice(0, 2_048) ?? '';
    return show(c, deps, { values: code === '' ? {} : { 'lines.0.code': code } });
  });
  app.post('/ship', (c) => takeForm(c, deps));
  app.post('/ship/undone', (c) => undo(c, deps));
  app.post('/api/shipments', async (c) => {
    const goods = shipGoods(deps, await readBody(c, shipmentSchema), signedInCaller(c));
    if (goods.done === 'warned') {
      const said = goods.warned.map(({ lot, state }) => `${lot.code} is ${state}`).join('; ');
      throw new Problem('conflict', { detail: `${said}. Send "accept": "warned" where it leaves all the same.` });
    }
    const { accepted, duplicate, lots } = goods;
    return c.json({ accepted, duplicate, lots: lots.map(({ code }) => code) }, accepted > 0 ? 201 : 200);
  });
  return app;
}

type Shown = Partial<Pick<ShipView, 'values' | 'warned' | 'done' | 'undone'>> & { readonly faults?: readonly Fault[] };

function show(c: Context<Env>, deps: Deps, shown: Shown, status: 200 | 400 | 409 = 200): Promise<Response> {
  const words = c.get('words');
  const values = shown.values ?? {};
  const faults = localFaults(words, shown.faults ?? []).map((fault) => ({
    ...fault,
    detail: words.trace.codeFaults[fault.code] ?? say(words, fault.detail),
  }));
  return page(
    c,
    <ShipPage
      words={words}
      here="/ship"
      viewer={c.get('viewer')}
      sites={ownPlaces(deps.db, signedInCaller(c))}
      places={namedPlaces(deps.db).map(({ name }) => name)}
      values={values}
      rows={rowsOf(values)}
      faults={faults}
      at={values['at'] || new Date(deps.clock()).toISOString()}
      warned={shown.warned ?? []}
      done={shown.done ?? null}
      undone={shown.undone ?? null}
      undoMinutes={undoMinutes}
    />,
    status,
  );
}

function typedRows(values: Values): number[] {
  const rows = Object.entries(values).flatMap(([name, value]) => {
    const row = /^lines\.(\d{1,3})\.(code|quantity)$/.exec(name)?.[1];
    return row === undefined || value.trim() === '' ? [] : [Number(row)];
  });
  return [...new Set(rows)].filter((row) => row < mostLines).sort((a, b) => a - b);
}

function rowsOf(values: Values): number {
  return Math.min(mostLines, Math.max(1, Number(values['rows'] ?? 0) || 0, (typedRows(values).at(-1) ?? -1) + 1));
}

function inputOf(values: Values): { input: object; rows: readonly number[] } {
  const rows = typedRows(values);
  const of = (name: string) => values[name]?.trim() || undefined;
  const filled = (entries: object) =>
    Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
  const lines = rows.map((row) => {
    const quantity = of(`lines.${row}.quantity`);
    const unit = quantity === undefined ? undefined : of(`lines.${row}.unit`);
    return filled({ code: of(`lines.${row}.code`), quantity, unit });
  });
  const named = ['site', 'at', 'way', 'to', 'accept'].map((name) => [name, of(name)]);
  return { input: filled({ ...Object.fromEntries(named), lines }), rows };
}

async function takeForm(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  if (values['rows'] !== undefined) return show(c, deps, { values });
  const { input, rows } = inputOf(values);
  try {
    const goods = shipGoods(deps, check(shipmentSchema, input), signedInCaller(c));
    const batches = (lots: readonly Parameters<typeof shortOf>[0][]) => lots.map((lot) => shortOf(lot));
    if (goods.done === 'warned') {
      const warned = goods.warned.map(({ lot, state }) => ({ batch: shortOf(lot), state }));
      return show(c, deps, { values, warned }, 409);
    }
    return show(c, deps, { done: { batches: batches(goods.lots), again: goods.duplicate, values } });
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const faults = error.faults.map((fault) => ({
      ...fault,
      place: fault.place.replace(/^\/lines\/(\d+)/, (_all, index: string) => `/lines/${rows[Number(index)] ?? 0}`),
    }));
    const empty = faults.map((fault) =>
      fault.place === '/lines' ? { ...fault, place: '/lines/0/code', code: 'required' } : fault,
    );
    return show(c, deps, { values, faults: empty }, 400);
  }
}

async function undo(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  try {
    undoShipment(deps, check(shipmentSchema, inputOf(values).input), signedInCaller(c));
    return show(c, deps, { undone: 'undone' });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'conflict') throw error;
    return show(c, deps, { undone: 'late' }, 409);
  }
}
