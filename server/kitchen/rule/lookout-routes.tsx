// A camera's lookouts as a page: what is watched for over time, where, when, and what each of them can say now.
import { type Context, Hono } from 'hono';
import { LookoutsPage } from '../../../views/kitchen/rule/lookouts-page.tsx';
import type { LookoutStanding } from '../../../views/kitchen/rule/lookouts-view.ts';
import { say } from '../../../views/text/say.ts';
import type { Caller } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { repeatedFields } from '../../http/upload-form.ts';
import { type Camera, visibleCamera } from '../camera/camera-store.ts';
import { lookoutRuleIds, mostLookouts } from '../camera/lookout.ts';
import { lookoutViolation } from '../lookout/lookout-rules.ts';
import { memoriesOf } from '../lookout/lookout-store.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { picturesOf } from '../picture/picture-store.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { changeCameraRules } from './change-camera-rules.ts';
import { type Learnt, learnColours } from './learn-colours.ts';
import { emptyLookout, type LookoutValue, lookoutsOf, lookoutValues, typedLookouts } from './lookout-form.ts';

export function lookoutRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/cameras/:id/lookouts', (c) => show(c, deps, lookoutValues(found(c, deps).camera.rules.lookouts)));
  app.post('/cameras/:id/lookouts', async (c) => {
    const { camera } = found(c, deps);
    const caller = signedInCaller(c);
    const form = await repeatedFields(c);
    const values = typedLookouts(form);
    try {
      const looked = await learnColours(deps, form, values);
      // What was learnt is shown and asked about before anything watches by it.
      if (looked !== undefined) return show(c, deps, [...keptOf(caller, camera), ...looked.values], looked);
      const setBy = caller.role === 'owner' ? 'shop' : 'house';
      const lookouts = lookoutsOf(values, camera.rules.lookouts ?? [], { by: setBy, now: deps.clock() });
      changeCameraRules(deps, caller, camera.id, { ...camera.rules, lookouts });
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return show(c, deps, [...keptOf(caller, camera), ...values], error);
    }
    return seeOther(c, `/cameras/${camera.id}/lookouts?saved=1`);
  });
  return app;
}

function found(c: Context<Env>, { db }: Deps) {
  const both = visibleCamera(db, signedInCaller(c), idParam(c, 'id'));
  if (both === undefined) throw new Problem('not_found');
  return both;
}

function isOfHouse({ rules }: Camera): (value: LookoutValue) => boolean {
  const ids = new Set((rules.lookouts ?? []).flatMap(({ id, setBy }) => (setBy === 'house' ? [id] : [])));
  return ({ id }) => ids.has(id);
}

/** What an administrator set is no field of an owner's form, and is shown beside what was typed. */
function keptOf(caller: Caller, camera: Camera): LookoutValue[] {
  return caller.role === 'owner' ? lookoutValues(camera.rules.lookouts).filter(isOfHouse(camera)) : [];
}

type Said = Pick<Problem, 'faults'> | Learnt;

function show(c: Context<Env>, deps: Deps, values: readonly LookoutValue[], said?: Said) {
  const { db, eye } = deps;
  const { camera, restaurant } = found(c, deps);
  const [words, lang, caller] = [c.get('words'), c.get('lang'), signedInCaller(c)];
  const texts = words.lookout.faults;
  const [picture] = camera.lastFrameHash === null ? [] : picturesOf(db, camera.lastFrameHash);
  const ofHouse = isOfHouse(camera);
  const next = values.reduce((most, { index }) => Math.max(most, index), -1) + 1;
  const view = {
    words,
    here: `/cameras/${camera.id}/lookouts`,
    viewer: c.get('viewer'),
    camera: { id: camera.id, place: { name: camera.place, nameEn: camera.placeEn } },
    restaurant,
    picture: picture && {
      href: pictureLinks(deps).shown(picture.hash),
      width: picture.width,
      height: picture.height,
    },
    lookouts: values.map((value) => ({
      ...value,
      mayChange: caller.role !== 'owner' || !ofHouse(value),
      standing: standingOf(deps, camera.id, value),
      learnt: said !== undefined && 'learnt' in said ? said.learnt.get(value.index) : undefined,
    })),
    offered: values.length >= mostLookouts ? [] : lookoutRuleIds.map((rule, place) => emptyLookout(rule, next + place)),
    rules: lookoutRuleIds.map((rule) => violationWords(lookoutViolation(rule), lang, eye.packs)),
    lookEverySeconds: Math.round(camera.sampleEveryMs / 1000),
    faults: (said?.faults ?? []).map(({ place, code, detail }) => ({
      place,
      detail: texts[code] ?? say(words, detail),
    })),
    saved: c.req.query('saved') === '1',
  };
  return page(c, <LookoutsPage {...view} />, view.faults.length === 0 ? 200 : 400);
}

/** What a lookout can say at all, as it stood at the last look. */
function standingOf({ db }: Deps, cameraId: number, { id, shown }: LookoutValue): LookoutStanding {
  if (shown === 0) return 'unshown';
  const memory = memoriesOf(db, cameraId).get(id);
  if (memory === undefined) return 'new';
  if (memory.standing?.displaced) return 'displaced';
  const { since } = memory.state.hold;
  return since === undefined ? 'watching' : 'holds';
}
