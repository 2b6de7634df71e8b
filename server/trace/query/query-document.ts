// The query control interface as XML documents (EPCIS 2.0 §8.2.5, §11): what an EPCISQueryDocument asks, and its answers.
import type { Fault, Problem } from '../../http/problem.ts';
import { epcisProblem } from '../epcis/binding.ts';
import { addFault, faultsOf, newFaultList } from '../epcis/fault.ts';
import { pathOfElement, readXml, type XmlElement } from '../epcis/xml.ts';
import { isEpcisElement } from '../epcis/xml-names.ts';
import { attributesText, element, escapeText } from '../epcis/xml-text.ts';
import type { JsonObject, JsonValue } from '../event/event.ts';

export type QueryRequest =
  | { readonly ask: 'Poll'; readonly queryName: string; readonly parameters: JsonObject; readonly place: string }
  | { readonly ask: 'GetSubscriptionIDs'; readonly queryName: string }
  | { readonly ask: 'GetQueryNames' | 'GetStandardVersion' | 'GetVendorVersion' };

const soap = new Set(['http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope']);
const plain = ['GetQueryNames', 'GetStandardVersion', 'GetVendorVersion'] as const;

/** Throws Problem with every fault; SOAP and subscriptions by XML are refused as not offered. */
export function readQueryRequest(text: string): QueryRequest {
  const faults = newFaultList();
  const root = readXml({ text, lineStarts: undefined }, faults);
  if (root !== undefined && root.local === 'Envelope' && soap.has(root.namespace)) {
    const detail = 'SOAP is not spoken here: send the EPCISQueryDocument by itself, or ask GET /epcis/events.';
    throw epcisProblem('not_implemented', { detail });
  }
  const request =
    root === undefined
      ? undefined
      : requestOf(root, (place, detail) => addFault(faults, place, 'not_a_document', detail));
  const found = faultsOf(faults);
  if (request === undefined || found.length > 0) throw epcisProblem('invalid_input', { faults: found });
  return request;
}

type Refuse = (place: string, detail: string) => void;

function requestOf(root: XmlElement, refuse: Refuse): QueryRequest | undefined {
  const body = root.local === 'EPCISQueryDocument' && isEpcisElement(root) ? childOf(root, 'EPCISBody') : undefined;
  const [asked, ...others] = body?.children ?? [];
  if (asked === undefined || others.length > 0 || !isEpcisElement(asked)) {
    refuse(pathOfElement(root), 'an EPCISQueryDocument has an EPCISBody with one request, such as Poll');
    return undefined;
  }
  if (asked.local === 'Subscribe' || asked.local === 'Unsubscribe') {
    const detail = 'Subscriptions are made and ended at /epcis/queries/{name}/subscriptions.';
    throw epcisProblem('not_implemented', { type: 'epcisException:SubscribeNotPermittedException', detail });
  }
  const simple = plain.find((name) => name === asked.local);
  if (simple !== undefined) return { ask: simple };
  const queryName = childOf(asked, 'queryName')?.text ?? '';
  if (queryName === '') refuse(`${pathOfElement(asked)}/queryName`, 'queryName is missing');
  if (asked.local === 'GetSubscriptionIDs') return { ask: asked.local, queryName };
  if (asked.local === 'Poll') return pollOf(asked, queryName, refuse);
  refuse(pathOfElement(asked), `${asked.name} is no request of the query control interface`);
  return undefined;
}

function pollOf(poll: XmlElement, queryName: string, refuse: Refuse): QueryRequest {
  const list = childOf(poll, 'params');
  const parameters: JsonObject = {};
  for (const parameter of list?.children ?? []) {
    const [name, value] = [childOf(parameter, 'name')?.text ?? '', childOf(parameter, 'value')];
    if (name === '' || name === '__proto__') refuse(pathOfElement(parameter), 'a param has a name');
    else if (value === undefined) refuse(pathOfElement(parameter), `the param ${name.slice(0, 60)} has no value`);
    else if (Object.hasOwn(parameters, name)) refuse(pathOfElement(parameter), `${name.slice(0, 60)} stands twice`);
    else parameters[name] = paramValue(value);
  }
  return { ask: 'Poll', queryName, parameters, place: list === undefined ? pathOfElement(poll) : pathOfElement(list) };
}

/** Text, or the `string` elements of an ArrayOfString; an empty one (VoidHolder) says only that it is there. */
function paramValue(value: XmlElement): JsonValue {
  if (value.children.length > 0) return value.children.map(({ text }) => text);
  return value.text === '' ? null : value.text;
}

function childOf(parent: XmlElement, local: string): XmlElement | undefined {
  return parent.children.find((child) => child.local === local && isEpcisElement(child));
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

function documentOf(inside: string, now: number): string {
  const attributes = attributesText({ schemaVersion: '2.0', creationDate: new Date(now).toISOString() });
  const open = `<epcisq:EPCISQueryDocument xmlns:epcisq="urn:epcglobal:epcis-query:xsd:2"${attributes}>`;
  return `${declaration}${open}<EPCISBody>${inside}</EPCISBody></epcisq:EPCISQueryDocument>\n`;
}

/** GetQueryNamesResult and GetSubscriptionIDsResult. */
export function listResult(name: string, texts: readonly string[], now: number): string {
  return documentOf(`<epcisq:${name}>${texts.map((text) => element('string', text)).join('')}</epcisq:${name}>`, now);
}

/** GetStandardVersionResult and GetVendorVersionResult. */
export function textResult(name: string, text: string, now: number): string {
  return documentOf(`<epcisq:${name}>${escapeText(text)}</epcisq:${name}>`, now);
}

const exceptions = new Set([
  ...['DuplicateNameException', 'InvalidURIException', 'NoSuchNameException', 'NoSuchSubscriptionException'],
  ...[
    'DuplicateSubscriptionException',
    'QueryParameterException',
    'QueryTooLargeException',
    'QueryTooComplexException',
  ],
  ...['SubscriptionControlsException', 'SubscribeNotPermittedException', 'SecurityException', 'ValidationException'],
]);

/** A refusal as the document the standard has for it; its reason names every fault with its place. */
export function exceptionDocument(problem: Problem, now: number): string {
  const name = (problem.options.type ?? '').replace('epcisException:', '');
  const reason = element('reason', reasonOf(problem.message, problem.faults));
  if (exceptions.has(name)) return documentOf(`<epcisq:${name}>${reason}</epcisq:${name}>`, now);
  const severity = element('severity', 'ERROR');
  return documentOf(`<epcisq:ImplementationException>${reason}${severity}</epcisq:ImplementationException>`, now);
}

function reasonOf(message: string, faults: readonly Fault[]): string {
  if (faults.length === 0) return message;
  return faults.map(({ place, detail }) => `${place}: ${detail}`).join(' ');
}
