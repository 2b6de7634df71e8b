// Turns what a handler has into an answer: a page, a fragment, or a problem in the form the caller reads.
import type { Context } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ProblemPage } from '../../views/parts/problem-page.tsx';
import type { Env } from '../deps.ts';
import { type CsvCell, csvFile } from './csv-file.ts';
import { type Problem, type ProblemCode, problemBody, problemXml } from './problem.ts';
import { type XlsxSheet, xlsxFile } from './xlsx-file.ts';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A whole page, or a fragment when htmx asked: the same markup either way, the doctype only for pages. */
export async function page(c: Context<Env>, markup: Markup, status: ContentfulStatusCode = 200): Promise<Response> {
  c.header('vary', 'HX-Request, Accept-Language, Cookie', { append: true });
  if (c.res.headers.get('cache-control') === null) c.header('cache-control', 'no-store');
  const html = String(await markup);
  return c.html(html.startsWith('<html') ? `<!doctype html>${html}` : html, status);
}

/** The address that was asked for, as a page names itself: path and query. */
export function here(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

/** Whether htmx asked for a fragment (a boosted or history request wants the whole page). */
export function wantsFragment(c: Context<Env>): boolean {
  return c.req.header('hx-request') === 'true' && c.req.header('hx-history-restore-request') !== 'true';
}

/** Whether the caller is a person with a browser. */
export function wantsPage(c: Context<Env>): boolean {
  const { path } = c.req;
  if (path.startsWith('/api/') || path.startsWith('/epcis/')) return false;
  return (c.req.header('accept') ?? '').includes('text/html') || c.req.header('hx-request') === 'true';
}

/** Whether the answer may be a page: one was asked for, or whoever asks takes anything. A picture in a page is asked for as one. */
export function mayShowPage(c: Context<Env>): boolean {
  const anything = ['', '*/*'].includes((c.req.header('accept') ?? '').trim());
  return wantsPage(c) || (anything && c.req.method === 'GET' && !/^\/(api|epcis|static)\//.test(c.req.path));
}

/** Where to go after a form was taken: a redirect that also htmx follows as a whole page. */
export function seeOther(c: Context<Env>, location: string): Response {
  if (!wantsFragment(c)) return c.redirect(location, 303);
  c.header('hx-redirect', location);
  return c.body(null, 204);
}

/** A table to keep, `name` without its ending. */
export function csv(c: Context<Env>, name: string, rows: readonly (readonly CsvCell[])[]): Response {
  c.header('content-disposition', `attachment; filename="${name}.csv"`);
  return c.body(csvFile(rows), 200, { 'content-type': 'text/csv; charset=utf-8' });
}

/** A workbook to keep, `name` without its ending. */
export async function xlsx(c: Context<Env>, name: string, sheets: readonly XlsxSheet[]): Promise<Response> {
  const bytes = await xlsxFile(sheets);
  c.header('content-disposition', `attachment; filename="${name}.xlsx"`);
  return c.body(Uint8Array.from(bytes), 200, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  });
}

/** A refusal, as RFC 9457 JSON for programs and as a page for people. */
export function refuse(c: Context<Env>, problem: Problem): Response | Promise<Response> {
  for (const [name, value] of Object.entries(problem.options.headers ?? {})) c.header(name, value);
  const status = problem.status as ContentfulStatusCode;
  if (wantsPage(c)) return problemPage(c, problem.code, status, problem);
  c.header('cache-control', 'no-store');
  const body = { ...problemBody(problem), instance: c.req.path, request: c.get('requestId') };
  const isXml = wantsXml(c);
  c.header('content-type', isXml ? 'application/problem+xml' : 'application/problem+json');
  return c.body(isXml ? problemXml(body) : JSON.stringify(body), status);
}

/** Whether a program asked for XML and for no JSON. */
function wantsXml(c: Context<Env>): boolean {
  const accept = c.req.header('accept') ?? '';
  return /\b(application|text)\/(problem\+)?xml\b/i.test(accept) && !/json|\*\/\*/i.test(accept);
}

/** A bug: logged by the caller of this, hidden from whoever asked. */
export function fail(c: Context<Env>): Response | Promise<Response> {
  if (wantsPage(c)) return problemPage(c, 'internal', 500, undefined);
  c.header('content-type', 'application/problem+json');
  const body = {
    type: 'about:blank',
    title: 'Internal error',
    status: 500,
    code: 'internal',
    request: c.get('requestId'),
  };
  return c.body(JSON.stringify(body), 500);
}

function problemPage(
  c: Context<Env>,
  code: ProblemCode | 'internal',
  status: ContentfulStatusCode,
  problem: Problem | undefined,
) {
  const words = c.get('words');
  return page(
    c,
    <ProblemPage
      words={words}
      here={c.req.path}
      viewer={c.get('viewer') ?? null}
      code={code}
      detail={problem?.options.detail}
      faults={problem?.faults ?? []}
      requestId={c.get('requestId')}
      signIn={code === 'not_signed_in'}
    />,
    status,
  );
}
