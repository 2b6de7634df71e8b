// The page where a partner's program is connected: tokens of one's own, a document tried, the log of captures.
import { type Context, Hono } from 'hono';
import { OneTimePage } from '../../../views/accounts/one-time-page.tsx';
import { say } from '../../../views/text/say.ts';
import { ConnectPage } from '../../../views/trace/connect/connect-page.tsx';
import type { Caller } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { issueTokenFor, revokeToken } from '../../accounts/issue-token.ts';
import { personById } from '../../accounts/person/person-store.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues, idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { captureJobs } from '../capture/capture-job-store.ts';
import { ownPlaces } from '../place/own-place-store.ts';
import { firstDocument } from './first-document.ts';
import { type Tried, tryDocument } from './try-document.ts';

const capturesShown = 20;
const longestName = 80;
/** Larger ones are a program's to send. */
const longestDocument = 200_000;

export function connectRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/connect', (c) => show(c, deps));
  app.post('/connect/documents', (c) => send(c, deps));
  app.post('/connect/tokens', (c) => issue(c, deps));
  app.post('/connect/tokens/:token/revoked', (c) => {
    revokeToken(deps.db, person(c).id, idParam(c, 'token'), person(c), deps.clock());
    return seeOther(c, '/connect');
  });
  return app;
}

/** A token that could make tokens would outlive its being revoked. */
function person(c: Context<Env>): Caller {
  const caller = signedInCaller(c);
  if (caller.via === 'token')
    throw new Problem('forbidden', { detail: 'A person signs in for this; a token does not do.' });
  return caller;
}

async function issue(c: Context<Env>, { db, clock }: Deps): Promise<Response> {
  const caller = person(c);
  const asked = (await formValues(c))['name']?.trim().slice(0, longestName) ?? '';
  const name = asked === '' ? caller.name : asked;
  const token = issueTokenFor(db, caller.id, name, caller, clock());
  const words = c.get('words');
  const back = { href: '/connect', label: words.connect.title };
  return page(
    c,
    <OneTimePage
      words={words}
      here="/connect"
      viewer={c.get('viewer')}
      what="token"
      name={name}
      text={token}
      back={back}
    />,
  );
}

async function send(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  const document = (values['document'] ?? '').trim();
  if (document.length > longestDocument) throw new Problem('too_large');
  const tried = tryDocument(deps, document, values['way'] === 'send' ? 'send' : 'check', signedInCaller(c));
  return show(c, deps, { document, tried });
}

function show(
  c: Context<Env>,
  { db, clock, config }: Deps,
  { document, tried }: { readonly document?: string; readonly tried?: Tried } = {},
): Promise<Response> {
  const caller = signedInCaller(c);
  const words = c.get('words');
  const [gln] = ownPlaces(db, caller).flatMap(({ id }) => (/^\d{13}$/.test(id) ? [id] : []));
  const said = tried && {
    ...tried,
    faults: tried.faults.map(({ place, code, detail }) => ({
      place,
      detail: words.trace.faults[code] ?? say(words, detail),
    })),
  };
  return page(
    c,
    <ConnectPage
      words={words}
      here="/connect"
      viewer={c.get('viewer')}
      base={config.publicUrl}
      tokens={personById(db, caller.id)?.tokens ?? []}
      document={document ?? firstDocument(gln ?? '6901234500004', clock())}
      tried={said}
      captures={captureJobs(db, caller, capturesShown)}
    />,
    tried?.outcome === 'faulty' ? 400 : 200,
  );
}
