// A camera's rules as a page and through the API: zones drawn or typed, thresholds beside the house's, frames and hours.
import { type Context, Hono } from 'hono';
import { RulesPage } from '../../../views/kitchen/rule/rules-page.tsx';
import { say } from '../../../views/text/say.ts';
import { localName } from '../../../views/text/texts.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { formFields, repeatedFields } from '../../http/upload-form.ts';
import { type CameraRules, cameraRulesSchema } from '../camera/camera.ts';
import { visibleCamera } from '../camera/camera-store.ts';
import { judgedFrames } from '../dataset/judged-frame-store.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { picturesOf } from '../picture/picture-store.ts';
import { readSettings } from '../setting/setting-store.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { ruleChanges } from './camera-rule-store.ts';
import { changeCameraRules } from './change-camera-rules.ts';
import { undoCameraRules } from './undo-camera-rules.ts';
import { thresholdsOf } from './used-threshold.ts';
import { type RulesEffect, rulesEffect } from './zone-effect.ts';
import { type RulesValues, rulesOf, rulesValues, typedRules } from './zone-form.ts';

const framesTried = 100;

export function zoneRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/cameras/:id/rules', (c) => {
    const { camera } = found(c, deps);
    return show(c, deps, rulesValues(camera.rules), {});
  });
  app.post('/cameras/:id/rules', async (c) => {
    const { values, rules, action } = await typed(c, deps);
    if (rules instanceof Problem) return show(c, deps, values, { problem: rules });
    const { camera } = found(c, deps);
    if (action === 'try') return show(c, deps, values, { effect: effectOf(deps, camera.id, camera.rules, rules) });
    try {
      changeCameraRules(deps, signedInCaller(c), camera.id, rules);
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return show(c, deps, values, { problem: error });
    }
    return seeOther(c, `/cameras/${camera.id}/rules?saved=1`);
  });
  app.post('/cameras/:id/rules/undo', async (c) => {
    const form = await formFields(c);
    const cameraId = idParam(c, 'id');
    undoCameraRules(deps, signedInCaller(c), { cameraId, changeId: Number(form['change']) });
    return seeOther(c, `/cameras/${cameraId}/rules?saved=1`);
  });
  api(app, deps);
  return app;
}

function api(app: Hono<Env>, deps: Deps): void {
  app.get('/api/cameras/:id/rules', (c) => c.json(found(c, deps).camera.rules));
  app.put('/api/cameras/:id/rules', async (c) => {
    const { camera } = found(c, deps);
    changeCameraRules(deps, signedInCaller(c), camera.id, await readBody(c, cameraRulesSchema));
    return c.json(found(c, deps).camera.rules);
  });
  app.post('/api/cameras/:id/rules/effect', async (c) => {
    const { camera } = found(c, deps);
    return c.json(effectOf(deps, camera.id, camera.rules, await readBody(c, cameraRulesSchema)));
  });
}

function found(c: Context<Env>, { db }: Deps) {
  const both = visibleCamera(db, signedInCaller(c), idParam(c, 'id'));
  if (both === undefined) throw new Problem('not_found');
  return both;
}

type Typed = { readonly values: RulesValues; readonly rules: CameraRules | Problem; readonly action: unknown };

/** What was typed, and the rules it means or why it means none. */
async function typed(c: Context<Env>, deps: Deps): Promise<Typed> {
  const { camera } = found(c, deps);
  const form = await repeatedFields(c);
  const values = typedRules(form, watchable(deps));
  const action = form['action'];
  try {
    const scope = signedInCaller(c).role === 'owner' ? 'zones' : 'all';
    return { values, rules: rulesOf(values, camera.rules, scope), action };
  } catch (error) {
    if (error instanceof Problem) return { values, rules: error, action };
    throw error;
  }
}

type Effect = { readonly tried: number; readonly lines: readonly RulesEffect[] };

function effectOf({ db, eye }: Deps, cameraId: number, before: CameraRules, after: CameraRules): Effect {
  const frames = judgedFrames(db, { cameraId }, { limit: framesTried }).frames.filter(
    ({ detections }) => detections !== undefined,
  );
  return { tried: frames.length, lines: rulesEffect(frames, eye.packs, before, after) };
}

/** Every violation that a pack in use looks for, switched off at the camera or not. */
function watchable({ eye }: Deps): string[] {
  return [...new Set(eye.packs.flatMap((pack) => pack.violations.filter(({ on }) => on).map(({ id }) => id)))];
}

function show(
  c: Context<Env>,
  deps: Deps,
  values: RulesValues,
  { problem, effect }: { problem?: Problem; effect?: Effect },
) {
  const { db, eye } = deps;
  const { camera, restaurant } = found(c, deps);
  const [words, lang, caller] = [c.get('words'), c.get('lang'), signedInCaller(c)];
  const name = (id: string) => violationWords(id, lang, eye.packs).name;
  const texts = words.learning.zone.faults;
  const faults = (problem?.faults ?? []).map(({ place, code, detail }) => ({
    place,
    detail: texts[code] ?? say(words, detail),
  }));
  const [picture] = camera.lastFrameHash === null ? [] : picturesOf(db, camera.lastFrameHash);
  const view = {
    words,
    here: `/cameras/${camera.id}/rules`,
    viewer: c.get('viewer'),
    camera: { id: camera.id, place: { name: camera.place, nameEn: camera.placeEn } },
    restaurant,
    picture: picture && {
      href: pictureLinks(deps).shown(picture.hash),
      width: picture.width,
      height: picture.height,
    },
    violations: watchable(deps).map((id) => ({
      id,
      name: name(id),
      house: thresholdsOf(eye.packs, { rules: { ...camera.rules, thresholds: {} } }, id)?.house ?? 1,
    })),
    houseFrames: readSettings(db).frames,
    values,
    faults,
    effect: effect && {
      tried: effect.tried,
      lines: effect.lines.map((line) => ({ ...line, name: name(line.violation) })),
    },
    changes: ruleChanges(db, camera.id).map(({ id, at, byName, byNameEn, by, undoes }, index) => ({
      id,
      at,
      by: localName(lang, { name: byName, nameEn: byNameEn }),
      undone: undoes !== null,
      mayUndo: index === 0 && undoes === null && (caller.role !== 'owner' || by === caller.id),
    })),
    mayAll: caller.role !== 'owner',
    saved: c.req.query('saved') === '1',
  };
  return page(c, <RulesPage {...view} />, problem === undefined ? 200 : 400);
}
