// Reads the path of a public page as a GS1 Digital Link: short GTINs to be padded, wrong check digits told by name.
import { type DigitalLink, parseDigitalLink } from '../code/digital-link.ts';
import { asGtin, hasCheckDigit } from '../code/gs1.ts';

export type PublicCode =
  | { readonly found: 'link'; readonly link: DigitalLink }
  /** The same code in its canonical form: go there. */
  | { readonly found: 'elsewhere'; readonly path: string }
  | {
      readonly found: 'fault';
      readonly code: 'check_digit' | 'bad_link';
      readonly at: string;
      readonly detail: string;
    };

const lengths: Readonly<Record<string, readonly number[]>> = { '01': [8, 12, 13, 14], '00': [18], '414': [13] };

/** `path`: as it came, still percent-encoded; `query`: without its question mark. */
export function readPublicCode(path: string, query: string): PublicCode {
  const trimmed = path.replace(/\/+$/, '');
  const [, key = '', value = '', ...rest] = trimmed.split('/');
  if (!/^\d+$/.test(value) || !(lengths[key] ?? []).includes(value.length)) {
    return {
      found: 'fault',
      code: 'bad_link',
      at: value.slice(0, 64),
      detail: `After /${key}/ come ${(lengths[key] ?? []).join(', ')} digits.`,
    };
  }
  if (!hasCheckDigit(value))
    return { found: 'fault', code: 'check_digit', at: value, detail: `The check digit of ${value} does not fit.` };
  const gtin = key === '01' ? asGtin(value) : undefined;
  if (gtin !== undefined && gtin !== value) return { found: 'elsewhere', path: [`/01/${gtin}`, ...rest].join('/') };
  const link = parseDigitalLink(`https://id.gs1.org${trimmed}${attributesOf(query)}`);
  return link.ok ? { found: 'link', link } : { found: 'fault', code: 'bad_link', at: link.fault, detail: link.detail };
}

/** GS1 attributes are numbers; linkType, lang and the like are ours and the resolver's. */
function attributesOf(query: string): string {
  const kept = query.split('&').filter((part) => /^\d{2,4}=/.test(part));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}
