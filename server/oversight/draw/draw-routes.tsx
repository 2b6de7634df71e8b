// Draws over HTTP: the list and its form, one draw, the beacon, publishing, the record for whoever draws again.
import { type Context, Hono } from 'hono';
import { DrawPage } from '../../../views/oversight/draw/draw-page.tsx';
import { DrawsPage } from '../../../views/oversight/draw/draws-page.tsx';
import { say } from '../../../views/text/say.ts';
import type { Texts } from '../../../views/text/texts.ts';
import { seesAllSites } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { allDistricts } from '../../accounts/person/district.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { repeatedFields } from '../../http/upload-form.ts';
import { conflictRoutes } from './conflict-routes.tsx';
import { drawData, drawLine, drawnLines } from './draw-data.ts';
import { readDrawForm, usualDraw } from './draw-form.ts';
import type { RiskOf } from './draw-pool-store.ts';
import { type Draw, drawById, listDraws, maySeeDraw, recordOf } from './draw-store.ts';
import { beaconBase, fetchBeacon } from './fetch-beacon.ts';
import { publishDraw } from './publish-draw.ts';
import { settleDraw } from './settle-draw.ts';
import { type NewDraw, startDraw } from './start-draw.ts';

const longestAnswer = 20_000;

/** `riskNow`: reads what is known of every place's risk, once a draw. */
export function drawRoutes(deps: Deps, riskNow: () => RiskOf): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/draws', (c) => list(c, deps, { values: usualDraw, faults: [] }));
  app.post('/draws', (c) => start(c, deps, riskNow));
  app.get('/draws/:id', (c) => show(c, deps, { typed: '', faults: [] }));
  app.get('/draws/:id/record.json', (c) => record(c, deps));
  app.post('/draws/:id/beacon', (c) => settle(c, deps));
  app.post('/draws/:id/published', (c) => {
    publishDraw(deps, signedInCaller(c), idParam(c, 'id'));
    return seeOther(c, `/draws/${idParam(c, 'id')}`);
  });
  app.route('/', conflictRoutes(deps));
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function list(c: Context<Env>, { db, config }: Deps, { values, faults }: Typed): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  return page(
    c,
    <DrawsPage
      words={words}
      here="/draws"
      viewer={c.get('viewer')}
      draws={listDraws(db, caller).map(drawLine)}
      districts={seesAllSites(caller) ? allDistricts(db) : []}
      mayStart={true}
      isInspector={caller.role === 'inspector'}
      nist={config.nistCertificate === undefined ? 'unsigned' : 'signed'}
      values={values}
      faults={saidFaults(words, faults)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function start(c: Context<Env>, deps: Deps, riskNow: () => RiskOf): Promise<Response> {
  const fields = await repeatedFields(c);
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]),
  );
  const read = readDrawForm(values, deps.clock());
  if (!read.ok) return list(c, deps, { values, faults: read.faults });
  try {
    return seeOther(c, `/draws/${startDraw(deps, signedInCaller(c), named(deps, read.draw), riskNow())}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return list(c, deps, { values, faults: error.faults });
  }
}

/** A draw by NIST's beacon commits to the certificate that has to sign it. */
function named({ config }: Deps, draw: NewDraw): NewDraw {
  const { nistCertificate: certificate } = config;
  if (draw.beacon.source !== 'nist-2' || certificate === undefined) return draw;
  return { ...draw, beacon: { ...draw.beacon, certificate } };
}

/** Everybody reads what was committed; the lots, whoever may see the draw, and everybody once they are public. */
function show(
  c: Context<Env>,
  deps: Deps,
  { typed, faults }: { typed: string; faults: readonly Fault[] },
): Promise<Response> {
  const { db, clock } = deps;
  const words = c.get('words');
  const draw = drawOf(c, deps);
  const mine = isMine(c, draw);
  const open = draw.drawn !== null && (mine || draw.publishedAt !== null);
  return page(
    c,
    <DrawPage
      words={words}
      here={`/draws/${draw.id}`}
      viewer={c.get('viewer')}
      draw={drawData(db, draw)}
      lines={open ? drawnLines(db, draw, { visits: mine ? 'open' : 'shut' }) : undefined}
      isOut={clock() >= draw.roundAt}
      fetches={mayFetch(deps, draw) ? 'fetched' : 'typed'}
      may={{
        draw: mine && draw.state === 'committed',
        publish: mine && draw.state === 'drawn' && draw.publishedAt === null,
        take: open,
      }}
      typed={typed}
      faults={saidFaults(words, faults)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

/** Where nobody could check the signature, only a person brings the answer. */
function mayFetch(deps: Deps, { rule: { beacon } }: Draw): boolean {
  if (beacon.source === 'nist-2' && beacon.certificate === undefined) return false;
  return beaconBase(deps, beacon.source) !== undefined;
}

async function settle(c: Context<Env>, deps: Deps): Promise<Response> {
  const id = idParam(c, 'id');
  const { answer, from } = await repeatedFields(c);
  const text = typeof answer === 'string' ? answer.slice(0, longestAnswer) : '';
  try {
    await settleDraw(deps, signedInCaller(c), id, from === 'beacon' ? await fetched(c, deps) : text);
    return seeOther(c, `/draws/${id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { typed: text, faults: error.faults });
  }
}

/** Nobody makes this server ask for a round that is not out, or for a draw that is not theirs. */
async function fetched(c: Context<Env>, deps: Deps): Promise<string> {
  const draw = drawOf(c, deps);
  if (!isMine(c, draw)) throw new Problem('not_found');
  return deps.clock() < draw.roundAt ? '' : fetchBeacon(deps, draw.rule.beacon);
}

function record(c: Context<Env>, deps: Deps): Response {
  const draw = drawOf(c, deps);
  if (draw.publishedAt === null && !isMine(c, draw)) throw new Problem('not_found');
  const said = recordOf(deps.db, deps.secrets.sealKey, draw);
  if (said === undefined) throw new Problem('not_found', { detail: 'The lots are not drawn yet.' });
  c.header('content-disposition', `attachment; filename="draw-${draw.id}.json"`);
  return c.json(said);
}

function drawOf(c: Context<Env>, { db }: Deps): Draw {
  const draw = drawById(db, idParam(c, 'id'));
  if (draw === undefined) throw new Problem('not_found');
  return draw;
}

function isMine(c: Context<Env>, draw: Draw): boolean {
  const caller = c.get('caller');
  return caller !== null && maySeeDraw(caller, draw);
}

function saidFaults(words: Texts, faults: readonly Fault[]) {
  return faults.map(({ place, code, detail }) => ({ place, detail: words.draw.faults[code] ?? say(words, detail) }));
}
