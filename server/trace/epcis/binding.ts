// The EPCIS REST binding's own headers: what is offered, what a request asks for, and the standard's names of refusals.
import type { Context } from 'hono';
import type { Env } from '../../deps.ts';
import { documentBodyBytes } from '../../http/middleware.ts';
import { Problem, type ProblemCode, type ProblemOptions } from '../../http/problem.ts';
import type { JsonValue } from '../event/event.ts';
import { documentLimits } from './document.ts';
import { cbvFormats, epcFormats } from './spelling.ts';

/** Versions of documents that are read here, whatever their third number. */
const spoken = /^(1\.2|2\.0)(\.\d{1,2})?$/;

const exceptionTypes: Partial<Record<ProblemCode, string>> = {
  invalid_input: 'epcisException:ValidationException',
  forbidden: 'epcisException:SecurityException',
  not_found: 'epcisException:NoSuchResourceException',
  not_acceptable: 'epcisException:NotAcceptableException',
  duplicate: 'epcisException:ResourceAlreadyExistsException',
  too_large: 'epcisException:CaptureLimitExceededException',
  wrong_media_type: 'epcisException:UnsupportedMediaTypeException',
  not_implemented: 'epcisException:ImplementationException',
};

/** A refusal that carries the `type` the standard gives it (EPCIS 2.0 §12.5). */
export function epcisProblem(code: ProblemCode, options: ProblemOptions = {}): Problem {
  const type = exceptionTypes[code];
  return new Problem(code, type === undefined ? options : { type, ...options });
}

/** Says in which versions an answer is written. */
export function sayVersions(c: Context<Env>): void {
  c.header('GS1-EPCIS-Version', '2.0.0');
  c.header('GS1-CBV-Version', '2.0.0');
}

/** Discovery (EPCIS 2.0 §12.2): what this address takes and gives, without a body. */
export function discovery(c: Context<Env>, allow: string): Response {
  sayVersions(c);
  c.header('Allow', allow);
  c.header('GS1-EPCIS-Min', '1.2');
  c.header('GS1-EPCIS-Max', '2.0.0');
  c.header('GS1-CBV-Min', '1.2');
  c.header('GS1-CBV-Max', '2.0.0');
  c.header('GS1-EPC-Format', epcFormats.join(', '));
  c.header('GS1-CBV-XML-Format', cbvFormats.join(', '));
  c.header('GS1-Vendor-Version', '1');
  return c.body(null, 204);
}

/** Discovery of capture: its limits beside the rest. */
export function captureDiscovery(c: Context<Env>, allow: string): Response {
  c.header('GS1-EPCIS-Capture-Limit', String(documentLimits.mostEvents));
  c.header('GS1-EPCIS-Capture-File-Size-Limit', String(Math.min(documentBodyBytes, documentLimits.mostBytes)));
  c.header('GS1-Capture-Error-Behaviour', 'rollback, proceed');
  return discovery(c, allow);
}

/** Refuses versions that are not spoken here, in what is sent and in what is wanted back: answers are of 2.0, and nothing else. */
export function checkVersions(c: Context<Env>): void {
  for (const name of ['GS1-EPCIS-Version', 'GS1-CBV-Version']) {
    const value = c.req.header(name)?.trim();
    if (value !== undefined && !spoken.test(value)) {
      throw epcisProblem('not_acceptable', {
        detail: `${name} ${value.slice(0, 20)} is not spoken here; 1.2 and 2.0 are.`,
      });
    }
  }
  for (const name of ['GS1-EPCIS-Min', 'GS1-CBV-Min']) {
    if (versionAsked(c, name, 0) > 2)
      throw epcisProblem('not_acceptable', { detail: `${name} asks for more than version 2.0.` });
  }
}

/** Refuses an answer in an older version than this program writes. A capture is answered without an event, and in any version. */
export function checkAnswerVersions(c: Context<Env>): void {
  for (const name of ['GS1-EPCIS-Max', 'GS1-CBV-Max']) {
    if (versionAsked(c, name, 2) < 2) {
      const detail = `${name} asks for an older version than 2.0, and events are answered in 2.0 only.`;
      throw epcisProblem('not_acceptable', { detail });
    }
  }
}

function versionAsked(c: Context<Env>, name: string, otherwise: number): number {
  const value = c.req.header(name)?.trim();
  if (value === undefined) return otherwise;
  if (/^\d{1,3}(\.\d{1,3}){0,2}$/.test(value)) return Number.parseFloat(value);
  throw epcisProblem('not_acceptable', { detail: `${name} ${value.slice(0, 20)} is no version; write 2.0.0.` });
}

/** GS1-Capture-Error-Behaviour, rollback when it is not said. */
export function errorBehaviour(c: Context<Env>): 'rollback' | 'proceed' {
  const asked = c.req.header('GS1-Capture-Error-Behaviour')?.trim().toLowerCase() ?? 'rollback';
  if (asked === 'rollback' || asked === 'proceed') return asked;
  const detail = `GS1-Capture-Error-Behaviour is rollback or proceed, not ${asked.slice(0, 20)}.`;
  throw epcisProblem('invalid_input', {
    faults: [{ place: 'GS1-Capture-Error-Behaviour', code: 'not_in_vocabulary', detail }],
  });
}

/** The bytes of a posted document; JSON and XML are taken, nothing compressed. */
export async function documentBody(c: Context<Env>): Promise<{ bytes: Buffer; mediaType: string }> {
  const mediaType = c.req.header('content-type') ?? '';
  const encoding = c.req.header('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw epcisProblem('wrong_media_type', { detail: 'Send the document uncompressed.' });
  if (!/^(application|text)\/([a-z0-9.+-]*\+)?(json|xml)\s*(;|$)/i.test(mediaType)) {
    throw epcisProblem('wrong_media_type', {
      detail: 'Send application/json, application/ld+json, application/xml or text/xml.',
    });
  }
  return { bytes: Buffer.from(await c.req.arrayBuffer()), mediaType };
}

/** A posted JSON body. Throws Problem for another media type and for what is no JSON. */
export async function jsonBody(c: Context<Env>): Promise<JsonValue> {
  const { bytes, mediaType } = await documentBody(c);
  if (!/json/i.test(mediaType)) throw epcisProblem('wrong_media_type', { detail: 'Send application/json.' });
  refuseLarge(bytes);
  try {
    return JSON.parse(bytes.toString('utf8')) as JsonValue;
  } catch (error) {
    const detail = `The body is not JSON: ${(error as Error).message}`.slice(0, 300);
    throw epcisProblem('invalid_input', { faults: [{ place: '', code: 'json_syntax', detail }] });
  }
}

/** A query or a subscription is short, whatever form it has. */
export function refuseLarge(bytes: Buffer): void {
  if (bytes.length <= largestAsked) return;
  const type = 'epcisException:QueryTooComplexException';
  throw epcisProblem('too_large', { type, detail: `At most ${largestAsked} bytes.` });
}

const largestAsked = 262_144;
