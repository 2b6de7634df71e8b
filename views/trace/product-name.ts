// How a product is named on every page.
import { localName, type Texts } from '../text/texts.ts';

export function productOf(
  words: Texts,
  { productName, productNameEn }: { readonly productName: string | null; readonly productNameEn: string | null },
): string {
  return productName === null
    ? words.trace.unnamedProduct
    : localName(words.lang, { name: productName, nameEn: productNameEn });
}
