// EPCIS 2.0 capture over HTTP: documents, single events, and what became of them.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check } from '../../http/input.ts';
import { type Fault, problemBody } from '../../http/problem.ts';
import {
  captureDiscovery,
  checkVersions,
  documentBody,
  epcisProblem,
  errorBehaviour,
  sayVersions,
} from '../epcis/binding.ts';
import { hashBytes } from '../event/event-hash-bytes.ts';
import type { CaptureAnswer } from './capture-events.ts';
import { type CaptureGroup, openCaptureGroup } from './capture-group.ts';
import { type CaptureJob, captureJob, captureJobs, captureOfEvent } from './capture-job-store.ts';
import { type DocumentReader, openDocumentReader } from './read-aside.ts';

const page = z.object({
  perPage: z.coerce.number().int().min(1).max(100).default(30),
  nextPageToken: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'a token of an earlier answer')
    .optional(),
});

export function epcisCaptureRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const desk = { ...deps, read: openDocumentReader(), group: openCaptureGroup(deps) };
  app.options('/epcis/capture', (c) => captureDiscovery(c, 'OPTIONS, GET, HEAD, POST'));
  app.options('/epcis/capture/:id', (c) => captureDiscovery(c, 'OPTIONS, GET, HEAD'));
  app.post('/epcis/capture', (c) => capture(c, desk));
  app.get('/epcis/capture', (c) => listJobs(c, deps));
  app.get('/epcis/capture/:id', (c) => {
    const job = captureJob(deps.db, signedInCaller(c), c.req.param('id'));
    if (job === undefined) throw epcisProblem('not_found');
    sayVersions(c);
    return c.json(jobJson(job));
  });
  app.post('/epcis/events', (c) => captureOne(c, desk));
  return app;
}

type Desk = Deps & { readonly read: DocumentReader; readonly group: CaptureGroup };

async function capture(c: Context<Env>, desk: Desk): Promise<Response> {
  checkVersions(c);
  const onError = errorBehaviour(c);
  const { bytes, mediaType } = await documentBody(c);
  const caller = signedInCaller(c);
  const answer = await desk.group.capture(await desk.read(bytes, mediaType), caller, { onError });
  sayVersions(c);
  c.header('GS1-Capture-Error-Behaviour', onError);
  if (answer.status === 'refused' && answer.events.length > 0) return refusal(c, answer);
  const captureId = answer.captureId ?? earlierCapture(desk, caller, answer);
  if (captureId !== undefined) c.header('Location', `/epcis/capture/${captureId}`);
  return c.json({ ...answerJson(answer), captureID: captureId ?? null }, 202);
}

function earlierCapture(
  { db }: Deps,
  caller: ReturnType<typeof signedInCaller>,
  answer: CaptureAnswer,
): string | undefined {
  const hash = answer.events.find((event) => event.status === 'duplicate')?.hash;
  return hash === undefined ? undefined : captureOfEvent(db, caller, hashBytes(hash));
}

/** Nothing was taken: a problem that names every fault, with what would have become of each event beside it. */
function refusal(c: Context<Env>, answer: CaptureAnswer): Response {
  const faults = answer.events.flatMap((event) => event.faults);
  const problem = epcisProblem('invalid_input', {
    detail: 'Nothing was captured: put the faults right and send the document again.',
    faults,
  });
  c.header('content-type', 'application/problem+json');
  return c.body(
    JSON.stringify({
      ...problemBody(problem),
      ...countsOf(answer),
      outcome: answer.status,
      events: answerJson(answer).events,
      request: c.get('requestId'),
    }),
    400,
  );
}

/** POST /epcis/events takes one event, and says 409 for one that is there: it stands under the same address. */
async function captureOne(c: Context<Env>, desk: Desk): Promise<Response> {
  checkVersions(c);
  const { bytes, mediaType } = await documentBody(c);
  const document = await desk.read(bytes, mediaType);
  if (document.events.length !== 1) {
    const detail = `One event is taken here, and ${document.events.length} were sent; documents go to /epcis/capture.`;
    throw epcisProblem('invalid_input', { faults: [{ place: '', code: 'not_one_event', detail }] });
  }
  const answer = await desk.group.capture(document, signedInCaller(c), { onError: 'rollback' });
  const [event] = answer.events;
  if (event === undefined || event.status === 'refused' || event.hash === undefined) return refusal(c, answer);
  sayVersions(c);
  c.header('Location', `/epcis/events/${encodeURIComponent(event.hash)}`);
  if (event.status === 'duplicate')
    throw epcisProblem('duplicate', { detail: `The event is kept already under ${event.hash}.` });
  return c.json(answerJson(answer).events[0] ?? {}, 201);
}

function listJobs(c: Context<Env>, { db }: Deps): Response {
  const { perPage, nextPageToken } = check(page, c.req.query());
  const jobs = captureJobs(
    db,
    signedInCaller(c),
    perPage + 1,
    nextPageToken === undefined ? undefined : Number(nextPageToken),
  );
  const shown = jobs.slice(0, perPage);
  sayVersions(c);
  const last = shown.at(-1);
  if (jobs.length > perPage && last !== undefined) {
    c.header(
      'Link',
      `</epcis/capture?${new URLSearchParams({ perPage: String(perPage), nextPageToken: String(last.id) })}>; rel="next"`,
    );
  }
  return c.json(shown.map(jobJson));
}

function countsOf({ accepted, refused, duplicate, warned }: CaptureAnswer) {
  return { accepted, refused, duplicate, warned };
}

function answerJson(answer: CaptureAnswer) {
  return {
    status: answer.status,
    ...countsOf(answer),
    events: answer.events.map(({ position, place, status, hash, faults, warnings }) => ({
      position,
      place,
      status,
      hash: hash ?? null,
      faults,
      warnings,
    })),
  };
}

function jobJson(job: CaptureJob) {
  const at = new Date(job.receivedAt).toISOString();
  return {
    captureID: job.captureId,
    createdAt: at,
    finishedAt: at,
    running: false,
    success: job.refused === 0,
    captureErrorBehaviour: job.onError,
    accepted: job.accepted,
    refused: job.refused,
    duplicate: job.duplicate,
    warned: job.warned,
    errors: job.faults.map(errorJson),
  };
}

function errorJson(fault: Fault) {
  return {
    type: 'epcisException:ValidationException',
    title: fault.code,
    status: 400,
    detail: fault.detail,
    instance: fault.place,
  };
}
