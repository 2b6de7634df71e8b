// The pages behind one-time links: the first administrator, an invitation, a new password.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { InvitationPage } from '../../../views/accounts/invitation-page.tsx';
import { ResetPage } from '../../../views/accounts/reset-page.tsx';
import { SetUpPage } from '../../../views/accounts/set-up-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { setUpLinkOpen } from '../account-store.ts';
import { localAccountFaults } from '../account-text.ts';
import { useSetUpLink } from '../set-up.ts';
import { accountOfReset, useReset } from './change-password.ts';
import { acceptInvitation, invitationOffer } from './invite-person.ts';

const newPerson = z.object({
  login: z.string().max(100).default(''),
  name: z.string().max(200).default(''),
  password: z.string().max(1000).default(''),
});
type Typed = Partial<z.infer<typeof newPerson>>;

export function linkRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  setUpRoutes(app, deps);
  invitationRoutes(app, deps);
  resetRoutes(app, deps);
  return app;
}

function setUpRoutes(app: Hono<Env>, { db, clock }: Deps): void {
  const show = (c: Context<Env>, values: Typed, problem?: Problem) => {
    const words = c.get('words');
    const faults = localAccountFaults(words, problem);
    return page(c, <SetUpPage words={words} here={c.req.path} values={values} faults={faults} />, statusOf(problem));
  };
  app.get('/set-up/:key', (c) => {
    if (!setUpLinkOpen(db, c.req.param('key'))) throw gone(c.get('words').accounts.setUpGone);
    return show(c, {});
  });
  app.post('/set-up/:key', async (c) => {
    const input = newPerson.parse(await c.req.parseBody());
    return orAgain(
      async () => {
        await useSetUpLink(db, c.req.param('key'), input, clock());
        return seeOther(c, '/sign-in?done=invited');
      },
      (problem) => show(c, input, problem),
      c.get('words').accounts.setUpGone,
    );
  });
}

function invitationRoutes(app: Hono<Env>, { db, clock }: Deps): void {
  const show = (c: Context<Env>, typed: Typed, problem?: Problem) => {
    const words = c.get('words');
    const offer = invitationOffer(db, c.req.param('key') ?? '', clock());
    if (offer === undefined) throw gone(words.accounts.invitationGone);
    return page(
      c,
      <InvitationPage
        words={words}
        here={c.req.path}
        role={offer.role}
        values={{ name: offer.name, ...typed }}
        faults={localAccountFaults(words, problem)}
      />,
      statusOf(problem),
    );
  };
  app.get('/invitations/:key', (c) => show(c, {}));
  app.post('/invitations/:key', async (c) => {
    const input = newPerson.parse(await c.req.parseBody());
    return orAgain(
      async () => {
        await acceptInvitation(db, c.req.param('key'), input, clock());
        return seeOther(c, '/sign-in?done=invited');
      },
      (problem) => show(c, input, problem),
      c.get('words').accounts.invitationGone,
    );
  });
}

function resetRoutes(app: Hono<Env>, { db, clock }: Deps): void {
  const show = (c: Context<Env>, problem?: Problem) => {
    const words = c.get('words');
    const account = accountOfReset(db, c.req.param('key') ?? '', clock());
    if (account === undefined) throw gone(words.accounts.resetGone);
    const faults = localAccountFaults(words, problem);
    const view = { words, here: c.req.path, login: account.login, faults };
    return page(c, <ResetPage {...view} />, statusOf(problem));
  };
  app.get('/resets/:key', (c) => show(c));
  app.post('/resets/:key', async (c) => {
    const { password } = newPerson.parse(await c.req.parseBody());
    return orAgain(
      async () => {
        await useReset(db, c.req.param('key'), password, clock());
        return seeOther(c, '/sign-in?done=reset');
      },
      (problem) => show(c, problem),
      c.get('words').accounts.resetGone,
    );
  });
}

/** The form again where something in it was wrong; `over`: what a link says that was used meanwhile. */
async function orAgain(work: () => Promise<Response>, again: (problem: Problem) => Promise<Response>, over: string) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'not_found') throw gone(over);
    if (error.faults.length === 0) throw error;
    return again(error);
  }
}

function statusOf(problem: Problem | undefined): 200 | 400 {
  return problem === undefined ? 200 : (problem.status as 400);
}

function gone(detail: string): Problem {
  return new Problem('not_found', { detail });
}
