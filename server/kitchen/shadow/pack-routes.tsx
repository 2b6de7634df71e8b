// The administrator's pages about model packs: the list, a comparison, its pictures, and the way into use and back.
import { type Context, Hono } from 'hono';
import { ComparisonPage } from '../../../views/kitchen/pack/comparison-page.tsx';
import { DisagreementPage } from '../../../views/kitchen/pack/disagreement-page.tsx';
import { PacksPage } from '../../../views/kitchen/pack/packs-page.tsx';
import { PromotionPage } from '../../../views/kitchen/pack/promotion-page.tsx';
import type { FieldFault } from '../../../views/parts/form.tsx';
import { say } from '../../../views/text/say.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { formFields } from '../../http/upload-form.ts';
import { addPackSet } from '../pack/add-pack-set.ts';
import { followOrRefuse } from '../pack/follow-pack-set.ts';
import type { PackSet } from '../pack/pack-store.ts';
import { promotePackSet, rollBackPackSet } from '../pack/promote-pack-set.ts';
import { endShadow, retirePackSet, startShadow } from '../pack/start-shadow.ts';
import { tryThresholds } from '../pack/try-thresholds.ts';
import {
  type ComparisonData,
  compareSets,
  type DisagreementFilter,
  filterDisagreements,
  setsToCompare,
} from './comparison-data.ts';
import { disagreementQuery, promotionForm, readPackForm, readThresholdForm, shareForm } from './pack-form.ts';
import {
  changeView,
  comparisonWords,
  disagreementHref,
  disagreementsView,
  disagreementView,
  figuresView,
  filterQuery,
  packsData,
  setView,
} from './pack-view.ts';

export function packRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  listRoutes(app, deps);
  shadowRoutes(app, deps);
  promotionRoutes(app, deps);
  comparisonRoutes(app, deps);
  return app;
}

function listRoutes(app: Hono<Env>, deps: Deps): void {
  app.get('/packs', (c) => showPacks(c, deps, { toast: toastOf(c) }));
  app.post('/packs', (c) =>
    orShowAgain(c, deps, async () => {
      const set = await addPackSet(deps, signedInCaller(c), await readPackForm(c));
      return seeOther(c, `/packs?added=${set.id}`);
    }),
  );
  app.post('/packs/thresholds', (c) =>
    orShowAgain(c, deps, async () => {
      const thresholds = readThresholdForm(await formFields(c));
      const set = await tryThresholds(deps, signedInCaller(c), { thresholds, note: '' });
      return seeOther(c, `/packs?added=${set.id}`);
    }),
  );
}

/** A refusal is shown where the form is, with every reason. */
async function orShowAgain(c: Context<Env>, deps: Deps, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.faults.map(({ detail }) => ({ place: 'files', detail: say(c.get('words'), detail) }));
    const shown = faults.length > 0 ? faults : [{ place: 'files', detail: error.message }];
    return showPacks(c, deps, { faults: shown, status: error.status === 409 ? 409 : 400 });
  }
}

type Shown = {
  readonly toast?: string | undefined;
  readonly faults?: readonly FieldFault[];
  readonly status?: 200 | 400 | 409;
};

function showPacks(c: Context<Env>, deps: Deps, { toast, faults = [], status = 200 }: Shown): Promise<Response> {
  const frame = { words: c.get('words'), here: '/packs', viewer: c.get('viewer') };
  return page(c, <PacksPage {...frame} {...packsData(deps, c.get('lang'))} toast={toast} faults={faults} />, status);
}

function toastOf(c: Context<Env>): string | undefined {
  const text = c.get('words').packs;
  const said = { added: text.addedToast, promoted: text.promoted, back: text.rolledBack } as const;
  for (const name of Object.keys(said) as (keyof typeof said)[]) {
    const id = Number(c.req.query(name));
    if (Number.isSafeInteger(id) && id > 0) return said[name](id);
  }
  return undefined;
}

function shadowRoutes(app: Hono<Env>, deps: Deps): void {
  app.post('/packs/:id/shadow', async (c) => {
    const id = idParam(c, 'id');
    const { percent } = await readBody(c, shareForm);
    startShadow(deps, signedInCaller(c), id, percent / 100);
    return seeOther(c, `/packs/${id}`);
  });
  app.post('/packs/:id/shadow-end', (c) => {
    endShadow(deps, signedInCaller(c), idParam(c, 'id'));
    return seeOther(c, '/packs');
  });
  app.post('/packs/:id/retirement', (c) => {
    retirePackSet(deps, signedInCaller(c), idParam(c, 'id'));
    return seeOther(c, '/packs');
  });
}

function promotionRoutes(app: Hono<Env>, deps: Deps): void {
  app.get('/packs/:id/promotion', (c) => showPromotion(c, deps, {}));
  app.post('/packs/:id/promotion', async (c) => {
    const id = idParam(c, 'id');
    const { reason } = await readBody(c, promotionForm);
    try {
      promotePackSet(deps, signedInCaller(c), id, reason);
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return showPromotion(c, deps, { reason, problem: error });
    }
    await followOrRefuse(deps);
    return seeOther(c, `/packs?promoted=${id}`);
  });
  app.post('/packs/rollback', async (c) => {
    const set = rollBackPackSet(deps, signedInCaller(c), '');
    await followOrRefuse(deps);
    return seeOther(c, `/packs?back=${set.id}`);
  });
}

async function showPromotion(
  c: Context<Env>,
  deps: Deps,
  { reason = '', problem }: { readonly reason?: string; readonly problem?: Problem },
): Promise<Response> {
  const { fresh, old } = found(deps, c);
  if (old === undefined || fresh.state === 'active')
    throw new Problem('conflict', { detail: 'This set is active already.' });
  const [lang, words] = [c.get('lang'), c.get('words')];
  const view = {
    words,
    here: c.req.path,
    viewer: c.get('viewer'),
    fresh: setView(fresh),
    change: changeView(deps, old, fresh, lang),
    figures: figuresView(await compareSets(deps, { old, new: fresh }), lang),
    reason,
    faults: problem === undefined ? [] : [{ place: 'reason', detail: words.packs.reasonNeeded }],
  };
  return page(c, <PromotionPage {...view} />, problem === undefined ? 200 : 400);
}

function comparisonRoutes(app: Hono<Env>, deps: Deps): void {
  app.get('/packs/:id', async (c) => {
    const { fresh, old } = found(deps, c);
    const [lang, words] = [c.get('lang'), comparisonWords(c.get('words'), fresh)];
    const { n: _, ...filter } = check(disagreementQuery, c.req.query());
    const data = old === undefined ? undefined : await compareSets(deps, { old, new: fresh });
    const { leftOut, failed } = fresh.state === 'active' ? (old ?? fresh) : fresh;
    const view = {
      words,
      here: here(c),
      viewer: c.get('viewer'),
      fresh: { ...setView(fresh), leftOut, failed },
      old: old === undefined ? undefined : setView(old),
      change: old === undefined ? { packs: [], thresholds: [] } : changeView(deps, old, fresh, lang),
      figures: data === undefined || neverSeen(fresh, data) ? undefined : figuresView(data, lang),
      disagreements: disagreementsView(deps, fresh.id, data?.disagreements ?? [], filter, lang),
    };
    return page(c, <ComparisonPage {...view} />);
  });
  app.get('/packs/:id/disagreements', async (c) => {
    const { fresh, old } = found(deps, c);
    const { n, ...filter } = check(disagreementQuery, c.req.query());
    if (old === undefined) throw new Problem('not_found');
    const { disagreements } = await compareSets(deps, { old, new: fresh });
    const fitting = filterDisagreements(disagreements, filter);
    const one = fitting[n - 1];
    if (one === undefined) throw new Problem('not_found');
    const frame = {
      words: comparisonWords(c.get('words'), fresh),
      here: here(c),
      viewer: c.get('viewer'),
      setId: fresh.id,
    };
    const shown = disagreementView(deps, one, c.req.path, c.get('lang'));
    const to = (number: number) => disagreementHref(fresh.id, filter, number);
    return page(
      c,
      <DisagreementPage
        {...frame}
        one={shown}
        position={n}
        of={fitting.length}
        back={listHref(fresh.id, filter)}
        previous={n > 1 ? to(n - 1) : undefined}
        next={n < fitting.length ? to(n + 1) : undefined}
      />,
    );
  });
}

function listHref(setId: number, filter: DisagreementFilter): string {
  return `/packs/${setId}?${filterQuery(filter)}#disagreements`;
}

function found(deps: Deps, c: Context<Env>): { readonly fresh: PackSet; readonly old: PackSet | undefined } {
  const sets = setsToCompare(deps.db, idParam(c, 'id'));
  if (sets === undefined) throw new Problem('not_found');
  return sets;
}

/** A candidate that never ran: there is nothing to show but how to begin. */
function neverSeen(fresh: PackSet, { progress, load }: ComparisonData): boolean {
  return fresh.state !== 'shadow' && progress.looked === 0 && load.frames === 0;
}
