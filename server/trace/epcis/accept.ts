// Reads from Accept whether an EPCIS client wants JSON-LD or XML.

export type AnswerFormat = 'json' | 'xml';

const names: Readonly<Record<AnswerFormat, readonly string[]>> = {
  json: ['application/ld+json', 'application/json', 'application/*', '*/*'],
  xml: ['application/xml', 'text/xml', 'text/*', 'application/*', '*/*'],
};

/** The format a client likes best (RFC 9110 §12.5.1), JSON when it likes both; undefined: neither will do. */
export function formatAsked(
  accept: string | undefined,
  offered: readonly AnswerFormat[] = ['json', 'xml'],
): AnswerFormat | undefined {
  if (accept === undefined || accept.trim() === '') return 'json';
  const ranges = new Map(accept.slice(0, 2_048).split(',').map(rangeOf));
  // A browser asks for pages, and takes what it gets.
  if (ranges.has('text/html')) return 'json';
  const json = weightOf('json', ranges);
  const xml = offered.includes('xml') ? weightOf('xml', ranges) : 0;
  if (json === 0 && xml === 0) return undefined;
  return xml > json ? 'xml' : 'json';
}

/** The most precise range that covers the format decides. */
function weightOf(format: AnswerFormat, ranges: ReadonlyMap<string, number>): number {
  const exact = names[format].filter((name) => !name.includes('*') && ranges.has(name));
  if (exact.length > 0) return Math.max(...exact.map((name) => ranges.get(name) ?? 0));
  const wide = names[format].find((name) => name.includes('*') && ranges.has(name));
  return wide === undefined ? 0 : (ranges.get(wide) ?? 0);
}

function rangeOf(text: string): [string, number] {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const q = weight === undefined ? 1 : Number(weight.slice(2));
  return [name, Number.isFinite(q) ? Math.min(Math.max(q, 0), 1) : 1];
}
