// Reads what a request brings: numbers in the path, JSON and forms checked against a schema, faults with their place.
import type { Context } from 'hono';
import { z } from 'zod';
import type { Env } from '../deps.ts';
import { type Fault, Problem } from './problem.ts';

/** The key that makes a repeated request count once. */
export const idempotencyKey = z.string().min(1).max(100).optional();

/** The positive integer in the path under `name`; anything else is an address where nothing is kept. */
export function idParam(c: Context, name: string): number {
  const text = c.req.param(name) ?? '';
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Problem('not_found');
  return Number(text);
}

/** The body as JSON or as a form, whichever it says it is, checked against `schema`. */
export async function readBody<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const type = c.req.header('content-type') ?? '';
  if (type.includes('json')) return check(schema, await readJson(c));
  if (type.startsWith('application/x-www-form-urlencoded') || type.startsWith('multipart/form-data')) {
    return check(schema, await readForm(c));
  }
  throw new Problem('wrong_media_type', { detail: 'Send application/json or a form.' });
}

/** `value` as the schema has it, or a Problem with every fault and its JSON pointer, and those that `more` finds. */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  more: (value: unknown) => readonly Fault[] = () => [],
): z.output<S> {
  const result = schema.safeParse(value);
  // What the schema cannot say is looked at as well, so that nobody mends one fault to be told of the next.
  const others = more(value);
  if (result.success && others.length === 0) return result.data;
  throw new Problem('invalid_input', { faults: [...(result.error?.issues ?? []).map(faultOf), ...others] });
}

async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_json', detail: `The body is not JSON: ${(error as Error).message}` }],
    });
  }
}

async function readForm(c: Context): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody({ all: true });
  } catch {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  }
}

function faultOf(issue: z.core.$ZodIssue): Fault {
  const place = issue.path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  return { place: place === '' ? '' : `/${place}`, code: issue.code, detail: issue.message };
}

/** A span whose last day lies before its first. */
export function reversedSpan(place: string): Fault {
  return { place, code: 'span_reversed', detail: 'The last day lies before the first: change them round.' };
}

export async function jsonBody(c: Context<Env>): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    throw new Problem('invalid_input', { faults: [{ place: '', code: 'not_json', detail: 'The body is not JSON.' }] });
  }
}

/** The text fields of a form. */
export async function formValues(c: Context<Env>): Promise<Record<string, string>> {
  const body = await c.req.parseBody().catch(() => {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  });
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
