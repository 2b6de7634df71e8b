// Attaching a logger's file to a shipment, from a page and over the API: looked at first, then taken.
import { type Context, Hono } from 'hono';
import { LoggerPage } from '../../../views/trace/logger/logger-page.tsx';
import { localFaults } from '../../../views/trace/parts.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { formFields, isMultipart } from '../../http/upload-form.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { shortOf } from '../lot/lot-name.ts';
import { lotById } from '../lot/lot-store.ts';
import { placesOf } from '../place/place-store.ts';
import { type Attached, attachLogger, stopsOf } from './attach-logger.ts';
import { type LoggedShipment, shipmentOf } from './logged-shipment-store.ts';
import { type LoggerFile, readLoggerFile } from './logger-file.ts';
import { loggerQuerySchema } from './logger-schemas.ts';

/** Loggers are started before loading and stopped after unloading. */
const marginMs = 3_600_000;

export function loggerRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/shipments/:id/readings', (c) => show(c, deps, { faults: [], file: null, done: null }));
  app.post('/shipments/:id/readings', (c) => takeForm(c, deps));
  app.post('/api/shipments/:id/readings', async (c) => {
    const shipment = visibleShipment(c, deps);
    const { file, choices } = await sentFile(c, deps, shipment);
    if (choices.preview !== undefined) return c.json(fileJson(file, choices.doubts));
    const { readings, known } = attachLogger(deps, shipment, file, choices.doubts, signedInCaller(c));
    return c.json({ readings, known: known === 'known', notes: file.found }, known === 'known' ? 200 : 201);
  });
  return app;
}

/** The shipment of an event one may see: of lots of one's own. */
function visibleShipment(c: Context<Env>, { db }: Deps): LoggedShipment {
  const shipment = shipmentOf(db, idParam(c, 'id'));
  const caller = signedInCaller(c);
  if (shipment === undefined || !shipment.lots.some(({ id }) => seesLot(db, caller, id)))
    throw new Problem('not_found');
  return shipment;
}

type Sent = { readonly file: LoggerFile; readonly choices: ReturnType<typeof loggerQuerySchema.parse> };

async function sentFile(c: Context<Env>, { clock }: Deps, { shippedAt, receivedAt }: LoggedShipment): Promise<Sent> {
  const fields = isMultipart(c) ? await formFields(c) : {};
  const said = Object.fromEntries(
    Object.entries({ ...c.req.query(), ...fields }).filter(([, value]) => typeof value === 'string' && value !== ''),
  );
  const choices = check(loggerQuerySchema, said);
  const sent = Object.values(fields).find((value): value is File => value instanceof File && value.size > 0);
  const body = isMultipart(c) ? await sent?.arrayBuffer() : await c.req.arrayBuffer();
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(body);
  if (bytes.length === 0)
    throw new Problem('invalid_input', {
      faults: [{ place: '/file', code: 'required', detail: 'Send the file of the logger.' }],
    });
  const window = { fromAt: shippedAt - marginMs, untilAt: (receivedAt ?? clock()) + marginMs };
  return { file: readLoggerFile(bytes, { window, order: choices.order }), choices };
}

function fileJson({ headings, readings, device, found }: LoggerFile, doubts: 'stop' | 'take') {
  return {
    state: stopsOf({ headings, readings, device, found }, doubts).length > 0 ? 'stopped' : 'ready',
    columns: headings.map(({ name, meaning }) => ({ name, meaning: meaning ?? null })),
    readings: readings.length,
    from: readings[0] === undefined ? null : new Date(readings[0].at).toISOString(),
    until: readings.at(-1) === undefined ? null : new Date(readings.at(-1)?.at ?? 0).toISOString(),
    device: device ?? null,
    found,
  };
}

type Shown = {
  readonly faults: readonly Fault[];
  readonly file: LoggerFile | null;
  readonly done: Attached | null;
};

function show(c: Context<Env>, deps: Deps, { faults, file, done }: Shown): Promise<Response> {
  const shipment = visibleShipment(c, deps);
  const words = c.get('words');
  const { from, to, shippedAt, receivedAt } = shipment;
  const places = placesOf(
    deps.db,
    [from, to].flatMap((site) => site ?? []),
  );
  const first = shipment.lots.map(({ id }) => lotById(deps.db, id)).find((lot) => lot !== undefined);
  return page(
    c,
    <LoggerPage
      words={words}
      here={c.req.path}
      viewer={c.get('viewer')}
      shipment={{
        ...{ id: shipment.eventId, shippedAt, receivedAt },
        from: places.get(from ?? '') ?? null,
        to: places.get(to ?? '') ?? null,
        lots: shipment.lots.length,
        lotId: first?.id ?? null,
        batch: first === undefined ? '' : shortOf(first),
        productName: first?.name ?? null,
        productNameEn: first?.nameEn ?? null,
      }}
      faults={localFaults(words, faults)}
      file={file}
      done={done}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function takeForm(c: Context<Env>, deps: Deps): Promise<Response> {
  const shipment = visibleShipment(c, deps);
  try {
    const { file, choices } = await sentFile(c, deps, shipment);
    if (stopsOf(file, choices.doubts).length > 0) return show(c, deps, { faults: [], file, done: null });
    const done = attachLogger(deps, shipment, file, choices.doubts, signedInCaller(c));
    return show(c, deps, { faults: [], file, done });
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { faults: error.faults, file: null, done: null });
  }
}
