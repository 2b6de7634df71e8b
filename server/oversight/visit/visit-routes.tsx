// Visits over HTTP: the tasks, one visit to fill in or to read, its photos, publishing, closure, the check list.
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { CheckListPage } from '../../../views/oversight/visit/check-list-page.tsx';
import { ClosurePage } from '../../../views/oversight/visit/closure-page.tsx';
import { VisitPage, type VisitView } from '../../../views/oversight/visit/visit-page.tsx';
import { say } from '../../../views/text/say.ts';
import type { Texts } from '../../../views/text/texts.ts';
import { isRegulator, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues, idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { linkHolds } from '../../http/signed-link.ts';
import { formFields } from '../../http/upload-form.ts';
import { sendPicture } from '../../sight/send-picture.ts';
import { showPicture } from '../../sight/show-picture.ts';
import { addCheckList, readCheckList } from './add-check-list.ts';
import { currentCheckList } from './check-list-store.ts';
import { closeVisit } from './close-visit.ts';
import { closureByDistrict, closureByInspector } from './closure-store.ts';
import { publishVisit } from './publish-visit.ts';
import { visitNumber } from './visit.ts';
import { isOfVisit, orderView, photoLink, pointsOf, visitLine } from './visit-data.ts';
import { type Task, visitById } from './visit-store.ts';

const closureDays = 90;

export function visitRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/visits/closure', (c) => closure(c, deps));
  app.get('/visits/check-list', (c) => checkList(c, deps, { faults: [] }));
  app.post('/visits/check-list', (c) => saveCheckList(c, deps));
  app.get('/visits/:id', (c) => show(c, deps, { values: {}, faults: [], status: 200 }));
  app.post('/visits/:id/closed', (c) => close(c, deps));
  app.post('/visits/:id/published', (c) => {
    publishVisit(deps, signedInCaller(c), idParam(c, 'id'));
    return seeOther(c, `/visits/${idParam(c, 'id')}`);
  });
  app.get('/visits/:id/photos/:hash', (c) => photo(c, deps));
  return app;
}

type Typed = {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
  readonly status: 200 | 400 | 409 | 422;
};

/** The regulator of that part of the city sees all of it; everybody the result, once it is public. */
function show(c: Context<Env>, deps: Deps, { values, faults, status }: Typed): Promise<Response> {
  const words = c.get('words');
  const { task, sees } = visible(c, deps);
  const view: VisitView = {
    words,
    here: `/visits/${task.id}`,
    viewer: c.get('viewer'),
    visit: visitData(deps, task),
    sees,
    key: values['key'] ?? randomUUID(),
    values,
    faults: saidFaults(words, faults),
  };
  return page(c, <VisitPage {...view} />, status);
}

function visitData(deps: Deps, task: Task): VisitView['visit'] {
  const { version, points } = pointsOf(deps, task);
  return {
    ...visitLine(task, deps.clock()),
    number: visitNumber(task.id),
    list: version,
    points,
    note: task.note,
    signedName: task.signedName,
    signatureHref: task.signatureHash === null ? null : photoLink(deps, task.id, task.signatureHash),
    isPublished: task.publishedAt !== null,
    order: orderView(deps, task),
  };
}

async function close(c: Context<Env>, deps: Deps): Promise<Response> {
  const id = idParam(c, 'id');
  const fields = await formFields(c);
  try {
    await closeVisit(deps, signedInCaller(c), id, fields);
    return seeOther(c, `/visits/${id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const values = Object.fromEntries(
      Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    return show(c, deps, { values, faults: error.faults, status: error.status as 400 });
  }
}

/** Opens by a signed address of a page that somebody was shown, and only a picture of this visit; blurred like any other. */
async function photo(c: Context<Env>, deps: Deps): Promise<Response> {
  const { task, sees } = visible(c, deps);
  const hash = c.req.param('hash') ?? '';
  const query = new URL(c.req.url).searchParams;
  const signed = linkHolds(deps.secrets.linkKey, 'GET', c.req.path, query, deps.clock());
  if (!signed || sees !== 'all' || !isOfVisit(deps.db, task, hash)) throw new Problem('not_found');
  const looker = { role: signedInCaller(c).role, purpose: 'page' } as const;
  return sendPicture(c, await showPicture(deps, { hash, looker }));
}

function visible(c: Context<Env>, { db }: Deps): { task: Task; sees: VisitView['sees'] } {
  const task = visitById(db, idParam(c, 'id'));
  const caller = c.get('caller');
  if (task === undefined) throw new Problem('not_found');
  if (caller !== null && isRegulator(caller) && caller.role !== 'reviewer' && seesSite(caller, task.siteId))
    return { task, sees: 'all' };
  if (task.publishedAt === null) throw new Problem('not_found');
  return { task, sees: 'public' };
}

function closure(c: Context<Env>, { db, clock }: Deps): Promise<Response> {
  const caller = signedInCaller(c);
  const span = { since: clock() - closureDays * dayMs, now: clock() };
  return page(
    c,
    <ClosurePage
      words={c.get('words')}
      here="/visits/closure"
      viewer={c.get('viewer')}
      inspectors={closureByInspector(db, caller, span)}
      districts={closureByDistrict(db, caller, span)}
    />,
  );
}

function checkList(
  c: Context<Env>,
  { db }: Deps,
  { typed, faults }: { typed?: string; faults: readonly Fault[] },
): Promise<Response> {
  const words = c.get('words');
  const { version, items } = currentCheckList(db);
  const lines = items.map(({ name, nameEn, critical }) => `${name} | ${nameEn}${critical ? ' | !' : ''}`);
  return page(
    c,
    <CheckListPage
      words={words}
      here="/visits/check-list"
      viewer={c.get('viewer')}
      version={version}
      text={typed ?? lines.join('\n')}
      faults={saidFaults(words, faults)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function saveCheckList(c: Context<Env>, deps: Deps): Promise<Response> {
  const { items = '' } = await formValues(c);
  try {
    addCheckList(deps, signedInCaller(c), readCheckList(items));
    return seeOther(c, '/visits/check-list');
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return checkList(c, deps, { typed: items, faults: error.faults });
  }
}

function saidFaults(words: Texts, faults: readonly Fault[]) {
  return faults.map(({ place, code, detail }) => ({ place, detail: words.visit.faults[code] ?? say(words, detail) }));
}
