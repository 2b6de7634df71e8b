// Papers over HTTP: those that go with an order, and growers' promises.
import { type Context, Hono } from 'hono';
import { PapersPage } from '../../../views/oversight/purchase/papers-page.tsx';
import { PromiseFormPage, PromisePage } from '../../../views/oversight/purchase/promise-page.tsx';
import { localName } from '../../../views/text/texts.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { seesLot } from '../../trace/chain/lot-visibility-store.ts';
import { shortOf } from '../../trace/lot/lot-name.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import { ownPlaces } from '../../trace/place/own-place-store.ts';
import { ordersShown, papersOf, promiseShown } from './order-data.ts';
import { faultsSaid } from './order-fault.ts';
import type { FormValues } from './order-form.ts';
import { ownPromise } from './promise-store.ts';
import { promiseSchema } from './purchase.ts';
import { ownOrder } from './purchase-store.ts';
import { writePromise } from './write-promise.ts';

export function paperRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/trade/:id/papers', (c) => papers(c, deps));
  app.get('/my/promises/new', (c) => promiseForm(c, deps, { values: { lot: c.req.query('lot') ?? '' }, faults: [] }));
  app.post('/my/promises', (c) => promise(c, deps));
  app.get('/my/promises/:id', (c) => {
    const found = ownPromise(deps.db, signedInCaller(c), idParam(c, 'id'));
    const view = { words: c.get('words'), here: here(c), viewer: c.get('viewer') };
    return page(c, <PromisePage {...view} promise={promiseShown(deps, c.get('lang'), found)} />);
  });
  return app;
}

function papers(c: Context<Env>, deps: Deps): Promise<Response> {
  const order = ownOrder(deps.db, signedInCaller(c), idParam(c, 'id'));
  const [shown] = ordersShown(deps, [order]);
  if (shown === undefined) throw new Problem('not_found');
  const view = { words: c.get('words'), here: here(c), viewer: c.get('viewer') };
  return page(c, <PapersPage {...view} order={shown} lots={papersOf(deps, c.get('lang'), order)} />);
}

type Shown = { readonly values: FormValues; readonly faults: readonly Fault[] };

function promiseForm(c: Context<Env>, { db }: Deps, { values, faults }: Shown): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  const lot = lotById(db, Number(values['lot']) || 0);
  if (lot === undefined || !seesLot(db, caller, lot.id)) throw new Problem('not_found');
  const product =
    lot.name === null ? words.trace.unnamedProduct : localName(words.lang, { name: lot.name, nameEn: lot.nameEn });
  return page(
    c,
    <PromiseFormPage
      words={words}
      here={`/my/promises/new?lot=${lot.id}`}
      viewer={c.get('viewer')}
      lot={{ id: lot.id, product, batch: shortOf(lot) }}
      sites={ownPlaces(db, caller)}
      values={values}
      faults={faultsSaid(words, faults)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function promise(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  try {
    const id = writePromise(deps, check(promiseSchema, values), signedInCaller(c));
    return seeOther(c, `/my/promises/${id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return promiseForm(c, deps, { values, faults: error.faults });
  }
}
