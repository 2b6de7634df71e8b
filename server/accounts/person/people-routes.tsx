// The administrator's pages about people: the list, inviting, one person's standing, access and tokens.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { OneTimePage } from '../../../views/accounts/one-time-page.tsx';
import { PeoplePage, personColumns } from '../../../views/accounts/people-page.tsx';
import { PersonPage } from '../../../views/accounts/person-page.tsx';
import { listed } from '../../../views/parts/listing.tsx';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { listFile } from '../../http/list-file.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { repeatedFields } from '../../http/upload-form.ts';
import { localAccountFaults } from '../account-text.ts';
import { signedInCaller } from '../guard.ts';
import { issueTokenFor, revokeToken } from '../issue-token.ts';
import { addPerson } from './add-person.ts';
import { makeReset } from './change-password.ts';
import { changePerson, disableAccount, enableAccount, signOutEverywhere } from './change-person.ts';
import { allDistricts } from './district.ts';
import { invitePerson } from './invite-person.ts';
import { type PersonForm, type PlacesToChoose, readPersonForm } from './person-form.ts';
import { everybody, longestPeopleList, organisationNames, type PersonRecord, personById } from './person-store.ts';

const doneWords = ['added', 'changed', 'disabled', 'enabled', 'signed_out', 'revoked', 'district'] as const;
const done = z.enum(doneWords).nullable().catch(null);

export function peopleRoutes(deps: Deps, places: PlacesToChoose): Hono<Env> {
  const { db, clock, config } = deps;
  const app = new Hono<Env>();
  app.get('/people', (c) => list(c, deps, places));
  app.get('/people.csv', (c) =>
    listFile(c, 'people', personColumns(c.get('words'), { places: places() }), everybody(db), {
      most: longestPeopleList - 1,
    }),
  );
  app.post('/people', async (c) => {
    const form = readPersonForm(await repeatedFields(c));
    return orAgain(
      async () => {
        await addPerson(db, form, signedInCaller(c), clock());
        return seeOther(c, '/people?done=added');
      },
      (problem) => list(c, deps, places, { form, problem }),
    );
  });
  app.post('/invitations', async (c) => {
    const form = readPersonForm(await repeatedFields(c));
    return orAgain(
      () => {
        const key = invitePerson(db, form, signedInCaller(c), clock());
        return shown(c, { what: 'invite', name: form.name, text: `${config.publicUrl}/invitations/${key}` });
      },
      (problem) => list(c, deps, places, { form, problem }),
    );
  });
  app.get('/people/:id', (c) => record(c, deps, places));
  app.post('/people/:id', async (c) => {
    const form = readPersonForm(await repeatedFields(c));
    return orAgain(
      () => {
        changePerson(db, idParam(c, 'id'), form, signedInCaller(c), clock());
        return seeOther(c, `/people/${idParam(c, 'id')}?done=changed`);
      },
      (problem) => record(c, deps, places, { form, problem }),
    );
  });
  accessRoutes(app, deps, places);
  tokenRoutes(app, deps);
  return app;
}

function accessRoutes(app: Hono<Env>, deps: Deps, places: PlacesToChoose): void {
  const { db, clock, config } = deps;
  app.post('/people/:id/disabled', (c) =>
    orAgain(
      () => {
        disableAccount(db, idParam(c, 'id'), signedInCaller(c), clock());
        return seeOther(c, '/people?done=disabled');
      },
      (problem) => record(c, deps, places, { problem }),
    ),
  );
  app.post('/people/:id/enabled', (c) => {
    enableAccount(db, idParam(c, 'id'), signedInCaller(c), clock());
    return seeOther(c, `/people/${idParam(c, 'id')}?done=enabled`);
  });
  app.post('/people/:id/signed-out', (c) => {
    const { id } = known(c, deps);
    signOutEverywhere(db, id, { by: signedInCaller(c), at: clock() });
    return seeOther(c, `/people/${id}?done=signed_out`);
  });
  app.post('/people/:id/resets', async (c) => {
    const { id, name } = known(c, deps);
    const fields = await repeatedFields(c);
    const factors = fields['factors'] === 'removed' ? 'removed' : 'kept';
    const key = makeReset(db, id, { factors }, signedInCaller(c).id, clock());
    return shown(c, { what: 'reset', name, text: `${config.publicUrl}/resets/${key}` });
  });
}

function tokenRoutes(app: Hono<Env>, deps: Deps): void {
  const { db, clock } = deps;
  app.post('/people/:id/tokens', async (c) => {
    const { id, name } = known(c, deps);
    const fields = await repeatedFields(c);
    const called =
      String(fields['name'] ?? '')
        .trim()
        .slice(0, 80) || name;
    return shown(c, { what: 'token', name, text: issueTokenFor(db, id, called, signedInCaller(c), clock()) });
  });
  app.post('/people/:id/tokens/:token/revoked', (c) => {
    const id = idParam(c, 'id');
    revokeToken(db, id, idParam(c, 'token'), signedInCaller(c), clock());
    return seeOther(c, `/people/${id}?done=revoked`);
  });
}

type Typed = { readonly form?: PersonForm; readonly problem?: Problem };

function list(c: Context<Env>, { db }: Deps, places: PlacesToChoose, { form, problem }: Typed = {}): Promise<Response> {
  const words = c.get('words');
  const at = c.req.method === 'GET' ? here(c) : '/people';
  const choices = choicesOf(db, places);
  const people = everybody(db);
  return page(
    c,
    <PeoplePage
      words={words}
      here={at}
      viewer={c.get('viewer')}
      people={listed(words, at, personColumns(words, choices), people)}
      cut={people.length === longestPeopleList ? 'cut' : 'whole'}
      ownId={signedInCaller(c).id}
      choices={choices}
      form={form}
      faults={localAccountFaults(words, problem)}
      done={done.parse(c.req.query('done') ?? null)}
    />,
    statusOf(problem),
  );
}

function record(c: Context<Env>, deps: Deps, places: PlacesToChoose, { form, problem }: Typed = {}): Promise<Response> {
  const words = c.get('words');
  const person = known(c, deps);
  return page(
    c,
    <PersonPage
      words={words}
      here={`/people/${person.id}`}
      viewer={c.get('viewer')}
      person={person}
      isSelf={person.id === signedInCaller(c).id ? 'self' : 'other'}
      choices={choicesOf(deps.db, places)}
      form={form}
      faults={localAccountFaults(words, problem)}
      done={done.parse(c.req.query('done') ?? null)}
    />,
    statusOf(problem),
  );
}

function choicesOf(db: Deps['db'], places: PlacesToChoose) {
  return { places: places(), organisations: organisationNames(db), districts: allDistricts(db) };
}

/** A secret that is shown this once: the answer itself holds it, and is kept by nobody. */
function shown(
  c: Context<Env>,
  { what, name, text }: { readonly what: 'invite' | 'reset' | 'token'; readonly name: string; readonly text: string },
): Promise<Response> {
  return page(
    c,
    <OneTimePage words={c.get('words')} here="/people" viewer={c.get('viewer')} what={what} name={name} text={text} />,
  );
}

function known(c: Context<Env>, { db }: Deps): PersonRecord {
  const person = personById(db, idParam(c, 'id'));
  if (person === undefined) throw new Problem('not_found');
  return person;
}

async function orAgain(
  work: () => Promise<Response> | Response,
  again: (problem: Problem) => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return again(error);
  }
}

function statusOf(problem: Problem | undefined): 200 | 400 {
  return problem === undefined ? 200 : (problem.status as 400);
}
