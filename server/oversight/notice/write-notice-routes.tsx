// Writing notices over HTTP: previewed before they are sent, the list of what was sent with its receipts, and both for programs.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { SentNoticePage, SentNoticesPage } from '../../../views/oversight/notice/sent-notices-page.tsx';
import { WriteNoticePage, type WriteNoticeView } from '../../../views/oversight/notice/write-notice-page.tsx';
import { say } from '../../../views/text/say.ts';
import type { Caller } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { allDistricts } from '../../accounts/person/district.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { type Audience, gradeNames, type SitesOfGrade, saysWhom } from './audience.ts';
import { whoIsReached } from './audience-store.ts';
import { reviveDelivery } from './carry-notice.ts';
import { writtenKinds } from './notice.ts';
import { previewSchema, writtenNoticeSchema } from './notice-schemas.ts';
import { deliveriesOf, noticeById, readersOf, sentNotices } from './notice-store.ts';
import { sendNotice } from './send-notice.ts';

const [perPage, mostShown, mostNames] = [50, 500, 30];
const listQuery = z.object({
  before: z.coerce.number().int().positive().default(Number.MAX_SAFE_INTEGER).catch(Number.MAX_SAFE_INTEGER),
  told: z.coerce.number().int().positive().nullable().default(null).catch(null),
});
type Parts = { readonly deps: Deps; readonly sitesOfGrade: SitesOfGrade | undefined };

export function writeNoticeRoutes(deps: Deps, sitesOfGrade: SitesOfGrade | undefined): Hono<Env> {
  const app = new Hono<Env>();
  const parts = { deps, sitesOfGrade };
  app.get('/notices/new', (c) => form(c, parts, { values: {} }));
  app.post('/notices', (c) => take(c, parts));
  app.get('/notices/sent', (c) => listSent(c, deps));
  app.get('/notices/sent/:id', (c) => showSent(c, deps));
  app.post('/notices/sent/:id/deliveries/:delivery/revived', (c) => {
    const { id } = ownSent(c, deps);
    if (!reviveDelivery(deps, id, idParam(c, 'delivery'))) throw new Problem('not_found');
    return seeOther(c, `/notices/sent/${id}`);
  });
  app.post('/api/notices', async (c) => {
    const notice = await readBody(c, writtenNoticeSchema);
    const { publicId, id, readers } = sendNotice(deps, notice, signedInCaller(c), sitesOfGrade);
    return c.json({ id, publicId, readers }, 201);
  });
  app.post('/api/notices/preview', async (c) => {
    const { to } = await readBody(c, previewSchema);
    const { readers, places, silent } = whoIsReached(deps.db, to, signedInCaller(c), sitesOfGrade);
    return c.json({
      readers: readers.length,
      places,
      people: readers.slice(0, mostShown).map(({ name, role, siteId }) => ({ name, role, site: siteId })),
      silent: silent.map(({ id, name }) => ({ site: id, name })),
    });
  });
  app.get('/api/notices', (c) => {
    const { before } = listQuery.parse(c.req.query());
    const notices = sentNotices(deps.db, authorOf(signedInCaller(c)), { before, limit: perPage });
    return c.json({
      notices: notices.map(({ id, kind, title, at, readers, read, waiting, dead }) => ({
        id,
        kind,
        title,
        at: new Date(at).toISOString(),
        readers,
        read,
        waiting,
        dead,
      })),
    });
  });
  return app;
}

/** An administrator sees all that was sent, the house's own too; an inspector what they wrote. */
function authorOf(caller: Caller): number | null {
  return caller.role === 'admin' ? null : caller.id;
}

type Typed = {
  readonly values: Readonly<Record<string, string>>;
  readonly problem?: Problem;
  readonly preview?: WriteNoticeView['preview'];
};

function form(c: Context<Env>, { deps, sitesOfGrade }: Parts, { values, problem, preview }: Typed): Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const kinds = db.sqlite
    .prepare(`SELECT DISTINCT kind FROM site WHERE kind <> 'none' ORDER BY kind LIMIT 50`)
    .pluck()
    .all() as string[];
  return page(
    c,
    <WriteNoticePage
      words={words}
      here="/notices/new"
      viewer={c.get('viewer')}
      kinds={writtenKinds}
      siteKinds={kinds}
      districts={allDistricts(db)}
      grades={sitesOfGrade === undefined ? [] : gradeNames}
      values={values}
      faults={(problem?.faults ?? []).map(({ place, code, detail }) => ({
        place,
        detail: words.notices.faults[code] ?? say(words, detail),
      }))}
      preview={preview ?? null}
    />,
    problem === undefined ? 200 : 400,
  );
}

function noticeOf(values: Readonly<Record<string, string>>) {
  const of = (name: string) => values[name] ?? '';
  const to = Object.fromEntries(
    ['everyone', 'siteKind', 'district', 'holds', 'grade'].flatMap((name) =>
      of(name) === '' ? [] : [[name, of(name)]],
    ),
  );
  return {
    kind: of('kind'),
    title: { zh: of('title-zh'), en: of('title-en') || null },
    body: { zh: of('body-zh'), en: of('body-en') || null },
    href: of('href') || null,
    to,
  };
}

async function take(c: Context<Env>, parts: Parts): Promise<Response> {
  const { deps, sitesOfGrade } = parts;
  const values = await formValues(c);
  const caller = signedInCaller(c);
  try {
    const notice = check(writtenNoticeSchema, noticeOf(values));
    if (values['step'] !== 'send')
      return await form(c, parts, { values, preview: previewOf(parts, notice.to, caller) });
    const { readers } = sendNotice(deps, notice, caller, sitesOfGrade);
    return seeOther(c, `/notices/sent?told=${readers}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return form(c, parts, { values, problem: error });
  }
}

function previewOf({ deps, sitesOfGrade }: Parts, to: Audience, caller: Caller) {
  const { readers, places, silent } = whoIsReached(deps.db, to, caller, sitesOfGrade);
  if (!saysWhom(to) || readers.length === 0)
    throw new Problem('invalid_input', {
      faults: [{ place: '/to', code: 'nobody', detail: 'It would reach nobody.' }],
    });
  return {
    people: readers.slice(0, mostNames),
    count: readers.length,
    places,
    silent: silent.slice(0, mostNames),
    silentCount: silent.length,
  };
}

function listSent(c: Context<Env>, { db }: Deps): Promise<Response> {
  const { before, told } = listQuery.parse(c.req.query());
  const notices = sentNotices(db, authorOf(signedInCaller(c)), { before, limit: perPage });
  const next = notices.length < perPage ? null : `/notices/sent?before=${notices.at(-1)?.id}`;
  return page(
    c,
    <SentNoticesPage
      words={c.get('words')}
      here={here(c)}
      viewer={c.get('viewer')}
      notices={notices}
      told={told}
      next={next}
    />,
  );
}

function ownSent(c: Context<Env>, { db }: Deps) {
  const notice = noticeById(db, idParam(c, 'id'));
  const author = authorOf(signedInCaller(c));
  if (notice === undefined || (author !== null && notice.accountId !== author)) throw new Problem('not_found');
  return notice;
}

function showSent(c: Context<Env>, deps: Deps): Promise<Response> {
  const notice = ownSent(c, deps);
  const receipts = readersOf(deps.db, notice.id, mostShown);
  const all = deps.db.sqlite
    .prepare('SELECT count(*) AS "all", count(read_at) AS read FROM notice_reader WHERE notice_id = ?')
    .get(notice.id) as { all: number; read: number };
  return page(
    c,
    <SentNoticePage
      words={c.get('words')}
      here={c.req.path}
      viewer={c.get('viewer')}
      notice={notice}
      receipts={receipts}
      counts={all}
      deliveries={deliveriesOf(deps.db, notice.id, mostShown)}
    />,
  );
}
