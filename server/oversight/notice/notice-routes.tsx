// Notices over HTTP: what a person was told, and the read receipt that opening one gives.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { NoticePage, NoticesPage } from '../../../views/oversight/notice/notices-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { here, page } from '../../http/respond.tsx';
import type { SitesOfGrade } from './audience.ts';
import { noticeSettingRoutes } from './notice-setting-routes.tsx';
import { noticesFor, ownNotice } from './notice-store.ts';
import { readNotice } from './read-notice.ts';
import { writeNoticeRoutes } from './write-notice-routes.tsx';

const perPage = 50;
const listQuery = z.object({
  before: z.coerce.number().int().positive().default(Number.MAX_SAFE_INTEGER).catch(Number.MAX_SAFE_INTEGER),
});

/** `sitesOfGrade`: from the room that grades places; without it nobody can be chosen by grade. */
export function noticeRoutes(deps: Deps, sitesOfGrade?: SitesOfGrade): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/notices', (c) => list(c, deps));
  app.route('/', writeNoticeRoutes(deps, sitesOfGrade));
  app.route('/', noticeSettingRoutes(deps));
  app.get('/notices/:id', (c) => show(c, deps));
  return app;
}

function list(c: Context<Env>, { db }: Deps): Promise<Response> {
  const caller = signedInCaller(c);
  const { before } = listQuery.parse(c.req.query());
  const notices = noticesFor(db, caller.id, { before, limit: perPage });
  return page(
    c,
    <NoticesPage
      words={c.get('words')}
      here={here(c)}
      viewer={c.get('viewer')}
      notices={notices}
      mayWrite={caller.role === 'inspector' || caller.role === 'admin' ? 'write' : 'read'}
      next={notices.length < perPage ? null : `/notices?before=${notices.at(-1)?.id}`}
    />,
  );
}

function show(c: Context<Env>, deps: Deps): Promise<Response> {
  const [id, caller] = [idParam(c, 'id'), signedInCaller(c)];
  readNotice(deps, id, caller);
  const notice = ownNotice(deps.db, caller.id, id);
  if (notice === undefined) throw new Problem('not_found');
  return page(c, <NoticePage words={c.get('words')} here={c.req.path} viewer={c.get('viewer')} notice={notice} />);
}
