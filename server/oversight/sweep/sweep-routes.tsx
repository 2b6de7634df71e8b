// The sweep over HTTP: streets and their doors.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DoorsLeftPage } from '../../../views/oversight/sweep/doors-left-page.tsx';
import { StreetPage, SweepPage } from '../../../views/oversight/sweep/sweep-page.tsx';
import { say } from '../../../views/text/say.ts';
import { localName } from '../../../views/text/texts.ts';
import { seesAllSites } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { allDistricts } from '../../accounts/person/district.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues, idParam, readBody } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { csv, page, seeOther } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { addStreet, markDoor } from './add-street.ts';
import { doorById, doorsLeft, doorsOf, listShops, listStreets, streetById } from './sweep-store.ts';

const doorSchema = z.object({ state: z.enum(['unswept', 'shut', 'unwilling']) });

export function sweepRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/sweep', (c) => list(c, deps, { values: {}, faults: [] }));
  app.get('/sweep/left', (c) => left(c, deps));
  app.get('/sweep/left.csv', (c) => leftSheet(c, deps));
  app.post('/sweep/streets', (c) => add(c, deps));
  app.get('/sweep/streets/:id', (c) => street(c, deps));
  app.post('/sweep/doors/:id', async (c) => {
    const [id, caller] = [idParam(c, 'id'), signedInCaller(c)];
    markDoor(deps, caller, id, (await readBody(c, doorSchema)).state);
    return seeOther(c, `/sweep/streets/${doorById(deps.db, caller, id)?.streetId ?? ''}`);
  });
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function list(c: Context<Env>, { db }: Deps, { values, faults }: Typed): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  return page(
    c,
    <SweepPage
      words={words}
      here="/sweep"
      viewer={c.get('viewer')}
      streets={listStreets(db, caller)}
      shops={listShops(db, caller)}
      districts={seesAllSites(caller) ? allDistricts(db) : []}
      values={values}
      faults={faults.map(({ place, code, detail }) => ({
        place,
        detail: words.sweep.faults[code] ?? say(words, detail),
      }))}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

const mostShown = 500;
const mostExported = 100_000;

function left(c: Context<Env>, { db }: Deps): Promise<Response> {
  const doors = doorsLeft(db, signedInCaller(c), mostShown + 1);
  const view = { words: c.get('words'), here: '/sweep/left', viewer: c.get('viewer') };
  const cut = doors.length > mostShown ? 'cut' : 'whole';
  return page(c, <DoorsLeftPage {...view} doors={doors.slice(0, mostShown)} cut={cut} />);
}

function leftSheet(c: Context<Env>, { db }: Deps): Response {
  const words = c.get('words');
  const text = words.sweep;
  const rows = doorsLeft(db, signedInCaller(c), mostExported).map(
    ({ id, district, districtEn, street: name, label, state, at, by }) => [
      district === null ? '' : localName(words.lang, { name: district, nameEn: districtEn }),
      ...[name, label, text.doorStates[state]],
      ...[at === null ? '' : beijingDay(at), by ?? '', `/sweep/shops/new?door=${id}`],
    ],
  );
  const heading = [text.district, text.streetName, text.doors, text.state, text.lastTried, text.triedBy, text.newShop];
  return csv(c, 'sweep-left', [heading, ...rows]);
}

async function add(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  const district = /^[1-9]\d{0,8}$/.test(values['district'] ?? '') ? Number(values['district']) : null;
  try {
    const name = (values['name'] ?? '').trim();
    const id = addStreet(deps, signedInCaller(c), { name, doors: values['doors'] ?? '', district });
    return seeOther(c, `/sweep/streets/${id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return list(c, deps, { values, faults: error.faults });
  }
}

function street(c: Context<Env>, { db }: Deps): Promise<Response> {
  const found = streetById(db, signedInCaller(c), idParam(c, 'id'));
  if (found === undefined) throw new Problem('not_found');
  const view = { words: c.get('words'), here: `/sweep/streets/${found.id}`, viewer: c.get('viewer') };
  return page(c, <StreetPage {...view} street={found} doors={doorsOf(db, found.id)} />);
}
