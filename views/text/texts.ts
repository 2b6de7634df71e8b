// The two dictionaries under one type: zh-CN is the reference, and English has the same words or does not compile.
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export type Texts = typeof zhCN;
export type Lang = 'zh-CN' | 'en';

export function textsFor(lang: Lang): Texts {
  return lang === 'en' ? en : zhCN;
}

/** The name that fits the language; the other one when there is only that. */
/** Both names, for who searches by the other one. */
export function bothNames({ name, nameEn }: { readonly name: string; readonly nameEn?: string | null }): string {
  return `${name} ${nameEn ?? ''}`;
}

export function localName(lang: Lang, names: { readonly name: string; readonly nameEn?: string | null }): string {
  return lang === 'en' && names.nameEn ? names.nameEn : names.name;
}
