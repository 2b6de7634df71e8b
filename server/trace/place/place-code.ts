// The place that a typed, pasted or scanned code names.
import { asGln, type Gln } from '../code/gs1.ts';
import { applicationIdentifier } from '../code/gs1-ai.ts';
import { readElementString } from '../code/gs1-element-string.ts';
import { gs1Key } from '../code/gs1-key.ts';
import { elementsOfLink, linkIn } from '../code/scan-link.ts';
import {
  bracketedPart,
  halfWidth,
  longestInput,
  withCarets,
  withoutInvisible,
  withoutQuotes,
} from '../code/scan-text.ts';

/** The GLN of a code that names a place, scanned at its door or typed; undefined for every other text. */
export function placeOfCode(input: string): Gln | undefined {
  const text = halfWidth(withoutQuotes(withoutInvisible(input.slice(0, longestInput))));
  const urn = /^urn:/iu.test(text) ? gs1Key(text.replace(/^urn:epc:/iu, 'urn:epc:'))?.key : undefined;
  const link = linkIn(text);
  const marked = bracketedPart(text, (ai) => applicationIdentifier(ai) !== undefined) ?? withCarets(text);
  const read = readElementString(marked);
  const elements =
    urn !== undefined
      ? [urn]
      : link !== undefined
        ? elementsOfLink(link)
        : /^\d{13}$/u.test(text) || !read.ok
          ? []
          : read.elements;
  const value = elements?.find(({ ai }) => /^41[0-7]$/u.test(ai))?.value;
  return value === undefined ? undefined : asGln(value);
}
