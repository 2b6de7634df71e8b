// Cameras as pages: adding one, looking at it, testing it, correcting it.
import { type Context, Hono } from 'hono';
import { CameraFormPage } from '../../../views/kitchen/shop/camera-form-page.tsx';
import { CameraPage, TestOutcome, TestPage, type TestResult } from '../../../views/kitchen/shop/camera-page.tsx';
import { type Caller, isRegulator } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther, wantsFragment } from '../../http/respond.tsx';
import { formFields, uploadedFile } from '../../http/upload-form.ts';
import { acceptCertificate } from '../camera/accept-certificate.ts';
import { addCamera } from '../camera/add-camera.ts';
import { cameraChangeSchema } from '../camera/camera.ts';
import { cameraStates } from '../camera/camera-state.ts';
import { type Camera, cameraTimeline, visibleCamera } from '../camera/camera-store.ts';
import { changeCamera } from '../camera/change-camera.ts';
import { onvifAddress } from '../camera/onvif-camera.ts';
import { openPatience } from '../camera/patience.ts';
import { listFlags } from '../flag/flag-store.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import {
  ownRestaurants,
  type Restaurant,
  restaurantBySite,
  visibleRestaurant,
} from '../restaurant/restaurant-store.ts';
import type { CameraTest, TestCamera } from '../sample/test-camera.ts';
import { formFaults, typedValues } from '../setting/form-faults.ts';
import { violationIds, violationWords } from '../violation/violation-kinds.ts';
import { cameraCard, flagLine, told } from './camera-data.ts';
import { readCameraForm } from './camera-form.ts';
import { uploadCamera } from './upload-camera.ts';

const timelineMs = 7 * 24 * 3600_000;
const shownEvents = 12;
const shownFlags = 20;

export function cameraRoutes(deps: Deps, testCamera: TestCamera): Hono<Env> {
  const app = new Hono<Env>();
  addingRoutes(app, deps);
  app.get('/cameras/:id', (c) => showCamera(c, deps));
  app.post('/cameras/:id/test', async (c) => {
    const cameraId = idParam(c, 'id');
    const result = testResult(deps, cameraId, await testCamera(signedInCaller(c), cameraId));
    const words = c.get('words');
    if (wantsFragment(c)) return page(c, <TestOutcome words={words} result={result} />);
    return page(
      c,
      <TestPage
        words={words}
        here={`/cameras/${cameraId}`}
        viewer={c.get('viewer')}
        cameraId={cameraId}
        result={result}
      />,
    );
  });
  app.post('/cameras/:id/certificate', async (c) => {
    const cameraId = idParam(c, 'id');
    const { certificate = '' } = await formFields(c);
    acceptCertificate(deps, signedInCaller(c), cameraId, String(certificate));
    return seeOther(c, `/cameras/${cameraId}?test=1`);
  });
  app.get('/cameras/:id/change', (c) => {
    const { camera, restaurant } = found(c, deps);
    return showForm(c, restaurant, valuesOf(camera), { cameraId: camera.id });
  });
  app.post('/cameras/:id', async (c) => {
    const { camera, restaurant } = found(c, deps);
    const form = await formFields(c);
    try {
      changeCamera(deps, signedInCaller(c), camera.id, check(cameraChangeSchema, form));
      return seeOther(c, `/cameras/${camera.id}?test=1`);
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return showForm(c, restaurant, typedValues(form), { cameraId: camera.id, problem: error });
    }
  });
  return app;
}

function addingRoutes(app: Hono<Env>, deps: Deps): void {
  const patience = openPatience(deps);
  app.get('/my/cameras/new', (c) => {
    const restaurant = siteAsked(deps, signedInCaller(c), c.req.query('site'));
    if (restaurant === undefined) return seeOther(c, '/my/restaurants/new');
    return showForm(c, restaurant, { kind: 'rtsp', sampleEverySeconds: '30', channel: '1', ...prefilled(c) }, {});
  });
  app.post('/my/cameras', async (c) => {
    const form = await formFields(c);
    const restaurant = siteAsked(deps, signedInCaller(c), String(form['siteId']));
    if (restaurant === undefined) throw new Problem('not_found');
    try {
      const caller = signedInCaller(c);
      const input = await readCameraForm(form, (pick) => onvifAddress(deps, patience, caller, pick));
      const file = await uploadedFile(c);
      const camera =
        file === undefined ? addCamera(deps, caller, input) : await uploadCamera(deps, caller, input, file);
      return seeOther(c, `/cameras/${camera.id}?test=1`);
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return showForm(c, restaurant, typedValues(form), { problem: error });
    }
  });
}

/** What a page that found a camera knows of it. */
function prefilled(c: Context<Env>): Record<string, string> {
  const { maker, host } = c.req.query();
  return { ...(maker === undefined ? {} : { maker }), ...(host === undefined ? {} : { host }) };
}

function siteAsked({ db }: Deps, caller: Caller, site: string | undefined): Restaurant | undefined {
  if (site === undefined) return ownRestaurants(db, caller)[0];
  const restaurant = restaurantBySite(db, site);
  return restaurant && visibleRestaurant(db, caller, restaurant.id);
}

function showForm(
  c: Context<Env>,
  restaurant: Restaurant,
  values: Readonly<Record<string, string>>,
  form: { cameraId?: number; problem?: Problem },
) {
  const words = c.get('words');
  const faults = form.problem === undefined ? [] : formFaults(form.problem, words);
  const here =
    form.cameraId === undefined
      ? `/my/cameras/new?site=${encodeURIComponent(restaurant.siteId)}`
      : `/cameras/${form.cameraId}/change`;
  const find = signedInCaller(c).role === 'admin' ? `/cameras/find?site=${encodeURIComponent(restaurant.siteId)}` : '';
  const view = { words, here, viewer: c.get('viewer'), restaurant, cameraId: form.cameraId, values, faults, find };
  return page(c, <CameraFormPage {...view} />, form.problem === undefined ? 200 : 400);
}

function valuesOf(camera: Camera): Record<string, string> {
  return {
    place: camera.place,
    placeEn: camera.placeEn ?? '',
    kind: camera.kind,
    url: camera.url ?? '',
    user: camera.user ?? '',
    sampleEverySeconds: String(camera.sampleEveryMs / 1000),
  };
}

function found(c: Context<Env>, { db }: Deps) {
  const both = visibleCamera(db, signedInCaller(c), idParam(c, 'id'));
  if (both === undefined) throw new Problem('not_found');
  return both;
}

function showCamera(c: Context<Env>, deps: Deps) {
  const caller = signedInCaller(c);
  const { camera, restaurant } = found(c, deps);
  const mayChange = caller.role === 'owner' || caller.role === 'admin';
  // An owner hears of what a person has confirmed, never of a machine's suspicion.
  const status = caller.role === 'owner' ? ('confirmed' as const) : undefined;
  const flags = listFlags(deps.db, caller, { cameraId: camera.id, status, limit: shownFlags }).filter(
    (flag) => flag.audit === 0,
  );
  const timeline = cameraTimeline(deps.db, camera.id, deps.clock() - timelineMs).slice(0, shownEvents);
  const href = isRegulator(caller) ? `/kitchens/${restaurant.id}` : `/my?site=${encodeURIComponent(restaurant.siteId)}`;
  const view = {
    words: c.get('words'),
    here: c.req.path,
    viewer: c.get('viewer'),
    restaurant: { id: restaurant.id, name: restaurant.name, nameEn: restaurant.nameEn, href },
    camera: cameraCard(deps, camera),
    kind: camera.kind,
    sampleEverySeconds: camera.sampleEveryMs / 1000,
    hasPassword: camera.sealedPassword !== null,
    timeline: timeline.map(({ at, after, fault }) => ({ at, after, told: told(fault) })),
    flags: flags.map((flag) => flagLine(deps, flag, c.get('lang'))),
    may: { test: mayChange, change: mayChange, openOriginal: caller.role === 'inspector' },
    pictureHash: camera.lastFrameHash,
    missable: caller.role === 'reviewer' ? violationIds.map((id) => violationWords(id, c.get('lang'))) : [],
    testNow: mayChange && c.req.query('test') === '1',
  };
  return page(c, <CameraPage {...view} />);
}

function testResult(deps: Deps, cameraId: number, test: CameraTest): TestResult {
  if (!test.ok) {
    const { at, fault, exact, certificate } = test;
    return { ok: false, at, fault, exact, accept: certificate && { cameraId, certificate } };
  }
  const faults = cameraStates.filter((state) => test.faults.includes(state));
  return {
    ok: true,
    at: test.at,
    href: pictureLinks(deps).shown(test.pictureHash),
    width: test.width,
    height: test.height,
    faults,
    stream: test.stream,
  };
}
