// The kitchen's API: restaurants, cameras, flags, verdicts, orders, and one picture classified.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { isMultipart, uploadedFile } from '../../http/upload-form.ts';
import { addCamera } from '../camera/add-camera.ts';
import { newCameraSchema, typedAddressFaults } from '../camera/camera.ts';
import { camerasOf, visibleCamera } from '../camera/camera-store.ts';
import { reportMissed } from '../desk/add-missed-report.ts';
import { judgeFlag } from '../desk/judge-flag.ts';
import { flagStatuses } from '../flag/decision.ts';
import { flagOverseen, listFlags, longestFlagList, type PlacedFlag } from '../flag/flag-store.ts';
import { classifyPicture } from '../frame/classify-picture.ts';
import { classifyReport } from '../frame/classify-report.ts';
import { answerOrder } from '../order/answer-order.ts';
import { appealVerdict, decideAppeal } from '../order/appeal-verdict.ts';
import { closeOrder } from '../order/close-order.ts';
import { readAnswerForm } from '../order/order-form.ts';
import { appealDecisionSchema, appealSchema, orderDecisionSchema } from '../order/order-schemas.ts';
import { listOrders, longestOrderList, visibleOrder } from '../order/order-store.ts';
import { orderStates } from '../order/rectification.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { newRestaurantSchema } from '../restaurant/restaurant.ts';
import { restaurantBySite, restaurantSummaries, visibleRestaurant } from '../restaurant/restaurant-store.ts';
import type { TestCamera } from '../sample/test-camera.ts';
import { type OnRecord, registerRestaurant } from '../shop/register-restaurant.ts';
import { uploadCamera } from '../shop/upload-camera.ts';
import { cameraJson, flagJson, orderJson, restaurantJson } from './kitchen-answers.ts';
import { missedSchema, verdictSchema } from './kitchen-api-schemas.ts';

export function kitchenApiRoutes(deps: Deps, testCamera: TestCamera, isOnRecord: OnRecord): Hono<Env> {
  const app = new Hono<Env>();
  restaurantApi(app, deps, isOnRecord);
  cameraApi(app, deps, testCamera);
  flagApi(app, deps);
  orderApi(app, deps);
  classifyApi(app, deps);
  return app;
}

function restaurantApi(app: Hono<Env>, deps: Deps, isOnRecord: OnRecord): void {
  app.get('/api/restaurants', (c) => {
    const found = restaurantSummaries(deps.db, signedInCaller(c), deps.clock());
    return c.json({ restaurants: found.map(restaurantJson) });
  });
  app.post('/api/restaurants', async (c) => {
    const row = registerRestaurant(deps, signedInCaller(c), await readBody(c, newRestaurantSchema), isOnRecord);
    return c.json(restaurantJson(row), 201);
  });
}

function cameraApi(app: Hono<Env>, deps: Deps, testCamera: TestCamera): void {
  const { db } = deps;
  app.get('/api/cameras', (c) => {
    const caller = signedInCaller(c);
    const asked = c.req.query('siteId');
    const restaurant = asked === undefined ? undefined : restaurantBySite(db, asked);
    if (asked !== undefined && (restaurant === undefined || visibleRestaurant(db, caller, restaurant.id) === undefined))
      throw new Problem('not_found');
    const shown = restaurant === undefined ? restaurantSummaries(db, caller, deps.clock()) : [restaurant];
    return c.json({
      cameras: shown.flatMap(({ id, siteId }) => camerasOf(db, id).map((camera) => cameraJson(camera, siteId))),
    });
  });
  app.post('/api/cameras', async (c) => {
    const input = check(newCameraSchema, await readBody(c, z.unknown()), typedAddressFaults);
    const file = await uploadedFile(c);
    const caller = signedInCaller(c);
    const camera = file === undefined ? addCamera(deps, caller, input) : await uploadCamera(deps, caller, input, file);
    return c.json(cameraJson(camera, input.siteId), 201);
  });
  app.get('/api/cameras/:id', (c) => {
    const found = visibleCamera(db, signedInCaller(c), idParam(c, 'id'));
    if (found === undefined) throw new Problem('not_found');
    return c.json(cameraJson(found.camera, found.restaurant.siteId));
  });
  app.post('/api/cameras/:id/test', async (c) => {
    const result = await testCamera(signedInCaller(c), idParam(c, 'id'));
    if (!result.ok) return c.json(result);
    const { ok, at, faults, pictureHash, stream } = result;
    const { width, height, facts, advice } = stream;
    const said = { width, height, ...facts, headsUpToMetres: advice.headsUpToMetres, warnings: advice.warnings };
    return c.json({ ok, at, faults, picture: pictureLinks(deps).shown(pictureHash), stream: said });
  });
}

const flagQuery = z.object({
  status: z.enum(flagStatuses).optional(),
  camera: z.coerce.number().int().positive().optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(longestFlagList).default(50),
});

function flagApi(app: Hono<Env>, deps: Deps): void {
  const { db } = deps;
  app.get('/api/flags', (c) => {
    const caller = signedInCaller(c);
    const query = check(flagQuery, c.req.query());
    // An owner hears of what a person has confirmed, never of a machine's suspicion.
    const status = caller.role === 'owner' ? 'confirmed' : query.status;
    const found = listFlags(db, caller, { status, cameraId: query.camera, before: query.before, limit: query.limit });
    const links = pictureLinks(deps);
    const next = found.length < query.limit ? null : (found.at(-1)?.id ?? null);
    return c.json({ flags: found.map((flag) => flagJson(flag, caller, links, deps.eye.packs)), next });
  });
  app.post('/api/cameras/:id/missed', async (c) => {
    const report = await readBody(c, missedSchema);
    return c.json(reportMissed(deps, signedInCaller(c), { cameraId: idParam(c, 'id'), ...report }), 201);
  });
  app.get('/api/flags/:id', (c) => {
    const caller = signedInCaller(c);
    return c.json(flagJson(visibleFlag(c, deps), caller, pictureLinks(deps), deps.eye.packs));
  });
  app.post('/api/flags/:id/verdict', async (c) => {
    const body = await readBody(c, verdictSchema);
    const decision = body.decision ?? body.verdict;
    if (decision === undefined) throw new Error('The schema lets no verdict without a decision through.');
    const key = body.key ?? c.req.header('idempotency-key')?.slice(0, 100);
    return c.json(
      judgeFlag(deps, signedInCaller(c), {
        flagId: idParam(c, 'id'),
        decision,
        violation: body.violation,
        kinds: body.kinds,
        visibleMs: body.ms,
        key,
      }),
    );
  });
}

function visibleFlag(c: Context<Env>, { db }: Deps): PlacedFlag {
  const caller = signedInCaller(c);
  const flag = flagOverseen(db, caller, idParam(c, 'id'));
  // An owner hears of what a person has confirmed, never of a machine's suspicion.
  const hidden = caller.role === 'owner' && flag?.status !== 'confirmed';
  if (flag === undefined || hidden) throw new Problem('not_found');
  return flag;
}

const orderQuery = z.object({
  state: z.enum(orderStates).optional(),
  before: z.coerce.number().int().positive().optional(),
});

function orderApi(app: Hono<Env>, deps: Deps): void {
  const { db, clock } = deps;
  const answerWith = (c: Context<Env>) => {
    const order = visibleOrder(db, signedInCaller(c), idParam(c, 'id'));
    if (order === undefined) throw new Problem('not_found');
    return c.json(orderJson(order, clock()));
  };
  app.get('/api/orders', (c) => {
    const { state, before } = check(orderQuery, c.req.query());
    const found = listOrders(db, signedInCaller(c), { states: state === undefined ? undefined : [state], before });
    const next = found.length < longestOrderList ? null : (found.at(-1)?.id ?? null);
    return c.json({ orders: found.map((order) => orderJson(order, clock())), next });
  });
  app.get('/api/orders/:id', answerWith);
  app.post('/api/orders/:id/answer', async (c) => {
    await answerOrder(deps, signedInCaller(c), { orderId: idParam(c, 'id'), ...(await readAnswerForm(c)) });
    return answerWith(c);
  });
  app.post('/api/orders/:id/decision', async (c) => {
    closeOrder(deps, signedInCaller(c), { orderId: idParam(c, 'id'), ...(await readBody(c, orderDecisionSchema)) });
    return answerWith(c);
  });
  app.post('/api/orders/:id/appeal', async (c) => {
    appealVerdict(deps, signedInCaller(c), { orderId: idParam(c, 'id'), ...(await readBody(c, appealSchema)) });
    return answerWith(c);
  });
  app.post('/api/orders/:id/appeal-decision', async (c) => {
    decideAppeal(deps, signedInCaller(c), { orderId: idParam(c, 'id'), ...(await readBody(c, appealDecisionSchema)) });
    return answerWith(c);
  });
}

function classifyApi(app: Hono<Env>, { eye }: Deps): void {
  app.post('/api/classify', async (c) => {
    const all = c.req.query('all') === '1' || c.req.query('all') === 'true';
    const reading = await classifyPicture(eye, await pictureBody(c), '', { all });
    return c.json(classifyReport(reading, eye.packs, { all }));
  });
}

/** The picture as the body itself, or as the first file of a form. */
async function pictureBody(c: Context<Env>): Promise<Buffer> {
  if (!isMultipart(c)) return Buffer.from(await c.req.arrayBuffer());
  const file = await uploadedFile(c);
  if (file === undefined)
    throw new Problem('invalid_input', { faults: [{ place: '', code: 'missing', detail: 'The form holds no file.' }] });
  return file;
}
