// Complaints for inspectors, with their photos, and for the shops they are about.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ComplaintPage } from '../../../views/oversight/complaint-page.tsx';
import {
  type ComplaintLine,
  ComplaintsPage,
  complaintColumns,
  MyComplaintsPage,
} from '../../../views/oversight/complaints-page.tsx';
import { listed, rowsNeeded } from '../../../views/parts/listing.tsx';
import { say } from '../../../views/text/say.ts';
import type { PlaceName } from '../../../views/trace/parts.tsx';
import { seesAllSites, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { listFile, mostHeld, mostInFile } from '../../http/list-file.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { linkHolds, signLink } from '../../http/signed-link.ts';
import { restaurantBySite } from '../../kitchen/restaurant/restaurant-store.ts';
import { sendPicture } from '../../sight/send-picture.ts';
import { showPicture } from '../../sight/show-picture.ts';
import { unseal } from '../../store/seal.ts';
import { lotPath } from '../../trace/lot/lot-address.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { framesOfStay, presentLots } from '../join/join-data.ts';
import { settledShare } from '../mediation/settled-store.ts';
import { complaintStates, mayTake, stepKinds } from './complaint.ts';
import {
  type Complaint,
  complaintById,
  countComplaints,
  firstComplaints,
  listComplaints,
  placesOfLot,
  publishedComplaints,
  stepsOf,
} from './complaint-store.ts';
import { contactPlace } from './file-complaint.ts';
import { spokenCode } from './follow-code.ts';
import { isOverdue, mediationFor } from './mediation-view.ts';
import { takeComplaintStep } from './take-complaint-step.ts';

const mostPublished = 50;

const listQuery = z.object({ state: z.enum(complaintStates).optional().catch(undefined) });

const stepSchema = z.object({
  step: z.enum(stepKinds),
  words: z.string().trim().max(2_000).default(''),
  site: z.string().max(200).default(''),
});

export function inspectorComplaintRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/complaints', (c) => list(c, deps));
  app.get('/complaints.csv', (c) =>
    listFile(c, 'complaints', complaintColumns(c.get('words')), linesAsked(c, deps, mostInFile + 1)),
  );
  app.get('/complaints/:id', (c) => show(c, deps, { faults: [], typed: '' }));
  app.post('/complaints/:id/steps', (c) => step(c, deps));
  app.get('/complaints/:id/photos/:hash', (c) => photo(c, deps));
  app.get('/my/complaints', (c) => mine(c, deps));
  return app;
}

/** The state that is asked for; `first` is what has to be looked at first. */
function asked(c: Context<Env>) {
  return c.req.query('first') === '1' ? 'first' : (listQuery.parse(c.req.query()).state ?? '');
}

/** As the address asks, at most so many. */
function linesAsked(c: Context<Env>, { db, clock }: Deps, limit: number): ComplaintLine[] {
  const caller = signedInCaller(c);
  const state = asked(c);
  const found =
    state === 'first'
      ? firstComplaints(db, caller, clock())
      : listComplaints(db, caller, { state: state === '' ? undefined : state, limit });
  return linesOf(db, found, clock());
}

function list(c: Context<Env>, deps: Deps): Promise<Response> {
  const { db, clock } = deps;
  const caller = signedInCaller(c);
  const words = c.get('words');
  const columns = complaintColumns(words);
  const lines = linesAsked(c, deps, rowsNeeded(here(c), columns, mostHeld));
  return page(
    c,
    <ComplaintsPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      complaints={listed(words, here(c), columns, lines)}
      cut={lines.length === mostHeld ? 'cut' : 'whole'}
      state={asked(c)}
      settled={settledShare(db, caller, clock())}
      counts={countComplaints(db, caller)}
    />,
  );
}

type Typed = { readonly faults: readonly Fault[]; readonly typed: string };

function show(c: Context<Env>, deps: Deps, { faults, typed }: Typed): Promise<Response> {
  const { db, secrets, clock } = deps;
  const words = c.get('words');
  const complaint = visible(c, deps);
  const lot = lotById(db, complaint.lotId);
  const [line] = linesOf(db, [complaint], clock());
  if (line === undefined) throw new Problem('not_found');
  const photoPath = `/complaints/${complaint.id}/photos/${complaint.photoHash}`;
  const { place, happenedAt, publishedAt, contact, state } = complaint;
  const mediator = { as: 'mediator', action: `/complaints/${complaint.id}/mediation` } as const;
  const next = stepKinds.filter(
    (kind) =>
      mayTake(state, kind) &&
      (kind !== 'published' || (publishedAt === null && complaint.siteId !== null)) &&
      (kind !== 'unpublished' || publishedAt !== null),
  );
  return page(
    c,
    <ComplaintPage
      words={words}
      here={c.req.method === 'GET' ? c.req.path : `/complaints/${complaint.id}`}
      viewer={c.get('viewer')}
      complaint={{
        ...line,
        code: complaint.code,
        lotHref: `/lots/${complaint.lotId}`,
        publicHref: lot === undefined ? '' : lotPath(lot, secrets.linkKey),
        code12: complaint.followCode === null ? null : spokenCode(complaint.followCode),
        place,
        happenedAt,
        publishedAt,
        contact: contact === null ? null : unseal(secrets.sealKey, contactPlace(complaint.id), contact),
        photoHash: signedInCaller(c).role === 'inspector' ? complaint.photoHash : null,
        photoHref: complaint.photoHash === null ? null : signLink(secrets.linkKey, photoPath, clock()),
        steps: stepsOf(db, complaint.id),
      }}
      next={next}
      settling={mediationFor(db, complaint.id, { ...mediator, fault: c.req.query('fault') }, clock())}
      mayAsk={complaint.siteId !== null && state !== 'closed' ? 'ask' : 'not'}
      then={kitchenThen(deps, complaint)}
      places={placesOfLot(db, complaint.lotId)}
      faults={faults.map(({ place: field, detail, code }) => ({
        place: field,
        detail:
          field === '/words'
            ? (words.complaints.faults['still_missing'] ?? say(words, detail))
            : (words.complaints.faults['site'] ?? words.trace.faults[code] ?? say(words, detail)),
      }))}
      typed={typed}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function step(c: Context<Env>, deps: Deps): Promise<Response> {
  const complaint = visible(c, deps);
  const { step: kind, words, site } = await readBody(c, stepSchema);
  try {
    takeComplaintStep(deps, complaint.id, { kind, words, siteId: site }, signedInCaller(c));
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { faults: error.faults, typed: words });
  }
  return seeOther(c, `/complaints/${complaint.id}`);
}

/** Opens by a signed address of a page that an inspector was shown, and only the photo of this complaint; blurred like any other. */
async function photo(c: Context<Env>, deps: Deps): Promise<Response> {
  const { secrets, clock } = deps;
  const complaint = visible(c, deps);
  const hash = c.req.param('hash') ?? '';
  const signed = linkHolds(secrets.linkKey, 'GET', c.req.path, new URL(c.req.url).searchParams, clock());
  if (!signed || complaint.photoHash !== hash) throw new Problem('not_found');
  const looker = { role: signedInCaller(c).role, purpose: 'page' } as const;
  return sendPicture(c, await showPicture(deps, { hash, looker }));
}

function mine(c: Context<Env>, { db, clock }: Deps): Promise<Response> {
  const complaints = publishedComplaints(db, signedInCaller(c).sites, mostPublished);
  const lines = linesOf(db, complaints, clock());
  const faultOf = (id: number) => (c.req.query('of') === String(id) ? c.req.query('fault') : undefined);
  const shop = (id: number) => ({ as: 'shop', action: `/my/complaints/${id}/mediation`, fault: faultOf(id) }) as const;
  return page(
    c,
    <MyComplaintsPage
      words={c.get('words')}
      here="/my/complaints"
      viewer={c.get('viewer')}
      complaints={lines.map((line) => ({
        ...line,
        mine: mediationFor(db, line.id, shop(line.id), clock()),
        answers: stepsOf(db, line.id).flatMap(({ kind, words, at }) =>
          (kind === 'answered' || kind === 'closed') && words !== null ? [{ kind, words, at }] : [],
        ),
      }))}
    />,
  );
}

function visible(c: Context<Env>, { db }: Deps): Complaint {
  const complaint = complaintById(db, idParam(c, 'id'));
  const caller = signedInCaller(c);
  const isOverseen =
    seesAllSites(caller) ||
    (complaint?.siteId !== null && complaint !== undefined && seesSite(caller, complaint.siteId));
  if (complaint === undefined || !isOverseen) throw new Problem('not_found');
  return complaint;
}

function linesOf(db: Deps['db'], complaints: readonly Complaint[], now: number): ComplaintLine[] {
  const places = placesOf(db, [...new Set(complaints.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])))]);
  const placeOf = (siteId: string | null): PlaceName | null => (siteId === null ? null : (places.get(siteId) ?? null));
  return complaints.map((complaint) => {
    const { id, product, productEn, batch, kind, words, siteId, state, at, stage, dueAt } = complaint;
    const { desk, deskEn, urgency, matched, repeats, channel } = complaint;
    return {
      ...{ id, productName: product, productNameEn: productEn, batch, kind, words, site: placeOf(siteId), state, at },
      routed: { desk, deskEn, urgency, matched, repeats, channel },
      settling: stage === null ? null : { stage, dueAt, overdue: isOverdue({ stage, dueAt }, now) },
    };
  });
}

/** The kitchen at the hour that was said, or that day, and the lots that were there. */
function kitchenThen(deps: Deps, { siteId, happenedAt, happenedUntil }: Complaint) {
  const restaurant = siteId === null ? undefined : restaurantBySite(deps.db, siteId);
  if (restaurant === undefined) return null;
  const until = Math.min(deps.clock(), happenedUntil ?? happenedAt + dayMs);
  const { frames, total } = framesOfStay(deps, { restaurantId: restaurant.id, since: happenedAt, until });
  return { frames, total, lots: presentLots(deps, restaurant.siteId, until).lots.slice(0, 20) };
}
