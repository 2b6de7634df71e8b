// Lots in EPC URNs whose batch GS1 has no characters for, such as 中文: the strict reader takes GS1's own alone.
import { gs1Key } from './gs1-key.ts';

const lotUrn = /^(urn:epc:class:lgtin:\d+\.\d+)\.([^.]+)$/iu;

/** `gtin` in 14 digits; undefined for every other text. */
export function looseLotUrn(text: string): { readonly gtin: string; readonly batch: string } | undefined {
  const [, product = '', encoded] = lotUrn.exec(text) ?? [];
  if (encoded === undefined) return undefined;
  const found = gs1Key(`${product.toLowerCase()}.0`);
  try {
    return found === undefined ? undefined : { gtin: found.key.value, batch: decodeURIComponent(encoded) };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
