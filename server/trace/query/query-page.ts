// Tokens of pages: where the next page of an answer starts, and until when the token is taken.
import { Parameters, type Position } from './query-value.ts';

/** How long a token is taken, and what GS1-Next-Page-Token-Expires says. */
export const tokenLifeMs = 86_400_000;

/** One part of a query: what page of the answer is wanted. */
export type PageAsked = { readonly perPage: number; readonly after: Position | undefined };

export const mostPerPage = 100;
export const usualPerPage = 30;

/** `perPage` and `nextPageToken`, their faults told with the other parameters'. */
export function pageAsked(parameters: Parameters, now: number): PageAsked {
  const perPage = parameters.whole('perPage', 1, mostPerPage) ?? usualPerPage;
  return { perPage, after: position(parameters, now) };
}

export function pageToken({ key, id, given }: Position, now: number): string {
  return Buffer.from(`${key}.${id}.${given}.${now + tokenLifeMs}`).toString('base64url');
}

function position(parameters: Parameters, now: number): Position | undefined {
  const value = parameters.text('nextPageToken');
  if (value === undefined) return undefined;
  const text = Buffer.from(value, 'base64url').toString('latin1');
  const [, key, id, given, expiresAt] = /^(-?\d{1,16})\.(\d{1,15})\.(\d{1,9})\.(\d{1,16})$/.exec(text) ?? [];
  if (key === undefined) parameters.fault('nextPageToken', 'bad_value', 'This is no token of an earlier answer.');
  else if (Number(expiresAt) < now)
    parameters.fault('nextPageToken', 'expired', 'This token has expired; ask for the first page again.');
  else return { key: Number(key), id: Number(id), given: Number(given) };
  return undefined;
}

/** Tokens of lists: the last value or id of the page before, with its time. */
export function listToken(last: string, now: number): string {
  return Buffer.from(`${now + tokenLifeMs}.${last}`).toString('base64url');
}

/** Empty on the first page. */
export function listPosition(parameters: Parameters, now: number, shape = /^/): string {
  const value = parameters.text('nextPageToken');
  if (value === undefined) return '';
  const [, expiresAt, last = ''] = /^(\d{1,16})\.(.*)$/s.exec(Buffer.from(value, 'base64url').toString('utf8')) ?? [];
  if (expiresAt === undefined || !shape.test(last))
    parameters.fault('nextPageToken', 'bad_value', 'This is no token of an earlier answer.');
  else if (Number(expiresAt) < now)
    parameters.fault('nextPageToken', 'expired', 'This token has expired; ask for the first page again.');
  return last;
}

/** The parameters of a list that takes none but those of its page. */
export function listParameters(query: Readonly<Record<string, readonly string[]>>): Parameters {
  const parameters = Parameters.ofAddress(query);
  for (const name of parameters.names()) {
    if (!['perPage', 'nextPageToken', 'lang'].includes(name))
      parameters.fault(name, 'unknown_parameter', `${name.slice(0, 60)} is no parameter here.`);
  }
  return parameters;
}
