// GS1 element strings as scanners and people write them: with brackets, or run together with FNC1 between.

import { applicationIdentifier, identifierAt, type ValueFault, valueFault } from './gs1-ai.ts';

export type Element = { readonly ai: string; readonly value: string };

type ElementFault = {
  readonly fault: 'not_an_element_string' | 'unknown_ai' | 'bad_value' | 'missing_separator';
  /** The identifier concerned, or what stands where one should. */
  readonly ai: string;
  readonly value: string;
  readonly rule: ValueFault | undefined;
};

export type ElementReading =
  | { readonly ok: true; readonly elements: readonly Element[] }
  | ({ readonly ok: false } & ElementFault);

/** Elements one string may hold: far above what any symbol carries. */
const mostElements = 64;

/** ISO/IEC 15424 identifiers of the symbols that carry element strings, as scanners put before the data. */
const symbologyPrefix = /^\](?:C1|e[0-3]|d2|Q3|J1|L2)/;

/** FNC1 as transmitted (group separator, 29) and as some scanners spell it out. */
const separators = new RegExp(`${String.fromCharCode(29)}|<GS>|\\{GS\\}|\\[GS\\]`, 'g');

/**
 * Reads `(01)09521…(10)AB`, `^0109521…10AB`, or raw scanner data (`]d2…`, GS between). `^` and GS both stand for FNC1.
 * Every value is checked against its format and content rules.
 */
export function readElementString(text: string): ElementReading {
  const data = text.trim();
  if (data.startsWith('(')) return readBracketed(data);
  return readUnbracketed(data.replace(symbologyPrefix, '^').replace(separators, '^'));
}

/** Elements as one string, `^` for FNC1 at the start and after each value whose length a scanner cannot know. */
export function elementString(elements: readonly Element[]): string {
  let text = '^';
  elements.forEach(({ ai, value }, position) => {
    text += ai + value;
    const last = position === elements.length - 1;
    if (!last && applicationIdentifier(ai)?.fixedLength === undefined) text += '^';
  });
  return text;
}

/** Elements with brackets, as printed under a symbol; a bracket within a value that would begin an element has `\\` before it. */
export function humanReadable(elements: readonly Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replace(bracketedIdentifier, escapedIfKnown)}`).join('');
}

/** The same as a label prints it: what stands on it is the value itself. */
export function printedElements(elements: readonly Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value}`).join('');
}

function readBracketed(text: string): ElementReading {
  const starts = elementStarts(text);
  if (starts.length === 0 || starts.length > mostElements) return refused('not_an_element_string', '', text);
  const elements = starts.map((match, position) => ({
    ai: match[1] ?? '',
    value: text
      .slice(match.index + match[0].length, starts[position + 1]?.index)
      .replaceAll('\\(', '(')
      .trim(),
  }));
  return checked(elements);
}

const bracketedIdentifier = /(?<!\\)\((\d{2,4})\)/g;

/**
 * Where elements begin. Batches may hold brackets: one starts an element only where it holds an identifier that is known,
 * and not after a backslash. One that stood before begins another of its kind: two batches are never one with brackets in it.
 */
function elementStarts(text: string): RegExpExecArray[] {
  return [...text.matchAll(bracketedIdentifier)].filter(
    ({ index, 1: ai = '' }) => index === 0 || applicationIdentifier(ai) !== undefined,
  );
}

function escapedIfKnown(found: string, ai: string): string {
  return applicationIdentifier(ai) === undefined ? found : `\\${found}`;
}

function readUnbracketed(text: string): ElementReading {
  const elements: Element[] = [];
  let position = text.startsWith('^') ? 1 : 0;
  while (position < text.length) {
    const identifier = identifierAt(text, position);
    if (identifier === undefined || elements.length === mostElements) {
      return refused(
        elements.length === 0 ? 'not_an_element_string' : 'unknown_ai',
        text.slice(position, position + 4),
        text,
      );
    }
    position += identifier.ai.length;
    const separator = text.indexOf('^', position);
    const upTo = separator < 0 ? text.length : separator;
    const end = identifier.fixedLength === undefined ? upTo : Math.min(upTo, position + identifier.fixedLength);
    elements.push({ ai: identifier.ai, value: text.slice(position, end) });
    position = text.charAt(end) === '^' ? end + 1 : end;
  }
  return elements.length === 0 ? refused('not_an_element_string', '', text) : checked(elements);
}

function checked(elements: readonly Element[]): ElementReading {
  for (const { ai, value } of elements) {
    const identifier = applicationIdentifier(ai);
    if (identifier === undefined) return refused('unknown_ai', ai, value);
    const rule = valueFault(identifier, value);
    if (rule !== undefined) return refused('bad_value', ai, value, rule);
  }
  return { ok: true, elements };
}

function refused(fault: ElementFault['fault'], ai: string, value: string, rule?: ValueFault): ElementReading {
  return { ok: false, fault, ai, value, rule };
}
