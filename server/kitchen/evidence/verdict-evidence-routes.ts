// Evidence bundles of verdicts, for inspectors and administrators.
import { type Context, Hono } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { exportVerdict } from './export-verdict.ts';
import { verdictEvidenceSchema } from './verdict-evidence-schemas.ts';

export function verdictEvidenceRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  // By POST: each bundle handed out is written down.
  app.post('/flags/:id/evidence', (c) => bundle(c, deps));
  app.post('/api/flags/:id/evidence', (c) => bundle(c, deps));
  return app;
}

async function bundle(c: Context<Env>, deps: Deps): Promise<Response> {
  const { reason } = c.req.header('content-type') === undefined ? {} : await readBody(c, verdictEvidenceSchema);
  const flagId = idParam(c, 'id');
  const asked = reason === '' ? undefined : reason;
  const bytes = await exportVerdict(deps, signedInCaller(c), flagId, asked);
  c.header('content-disposition', `attachment; filename="evidence-flag-${flagId}.zip"`);
  c.header('cache-control', 'private, no-store');
  return c.body(Uint8Array.from(bytes), 200, { 'content-type': 'application/zip' });
}
