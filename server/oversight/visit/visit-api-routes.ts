// Visits over the API: the tasks for programs, and a closing that a phone sends under a key of its own.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam } from '../../http/input.ts';
import { formFields } from '../../http/upload-form.ts';
import { closeVisit } from './close-visit.ts';
import { visitStates } from './visit.ts';
import { mostListed } from './visit-operations.ts';
import { listTasks, orders } from './visit-store.ts';

const query = z.object({
  state: z.enum(visitStates).default('open'),
  sort: z.enum(orders).default('risk'),
  lat: z.coerce.number().min(-90).max(90).optional(),
  lon: z.coerce.number().min(-180).max(180).optional(),
  mine: z.enum(['0', '1']).default('0'),
  limit: z.coerce.number().int().min(1).max(mostListed).default(100),
});

export function visitApiRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/visits', (c) => list(c, deps));
  app.post('/api/visits/:id/closed', (c) => close(c, deps));
  return app;
}

function list(c: Context<Env>, { db }: Deps): Response {
  const caller = signedInCaller(c);
  const { state, sort, lat, lon, mine, limit } = check(query, c.req.query());
  const from = lat === undefined || lon === undefined ? undefined : { lat, lon };
  const inspector = mine === '1' ? caller.id : undefined;
  const tasks = listTasks(db, caller, { state, order: sort, from, inspector, limit });
  return c.json({
    visits: tasks.map((task) => ({
      id: task.id,
      site: task.siteId,
      name: task.name,
      state: task.state,
      due: new Date(task.dueAt).toISOString(),
      risk: task.weight,
      reasons: task.reasons,
      inspectors: task.inspectors.map(({ id }) => id),
      metres: task.metres,
      result: task.result,
      closed: task.closedAt === null ? null : new Date(task.closedAt).toISOString(),
    })),
  });
}

async function close(c: Context<Env>, deps: Deps): Promise<Response> {
  const fields = await formFields(c);
  const key = c.req.header('idempotency-key') ?? fields['key'];
  const { id, result, orderId, again } = await closeVisit(deps, signedInCaller(c), idParam(c, 'id'), {
    ...fields,
    key,
  });
  return c.json({ id, result, order: orderId }, again === 'first' ? 201 : 200);
}
