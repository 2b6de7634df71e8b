// What one pack holds as people write it in a cell: 12.5kg, 12.5公斤/箱, 每箱12.5公斤; the pack may stand in the heading.
import { readAmount } from './amount-text.ts';

export type PackText = { readonly holds: number; readonly unit: string | undefined; readonly pack: string | undefined };

/** Undefined for what names no amount above 0. `unit` and `pack` as written, undefined where they are not. */
export function readPack(text: string): PackText | undefined {
  const plain = text.normalize('NFKC').trim();
  const [, before, amount = plain, after] =
    /^(?:每|1\s*(?=[^\d.,\s]))?([^\d.,\s]{1,4})?\s*([\d.,]+[^/每]*)(?:[/每]\s*(\S{1,12}))?$/u.exec(plain) ?? [];
  const read = readAmount(amount.replace(/^[=:]/u, ''));
  if (!read.ok) return undefined;
  return { holds: read.quantity, unit: read.unit, pack: after ?? before?.replace(/[=:]$/u, '') };
}

/** `每箱重量`, `单袋净重`, `箱规`, `weight per box` → the pack that a heading names. */
export function packOfHeading(name: string): string | undefined {
  const plain = name.normalize('NFKC').toLowerCase();
  return (
    /[每单](箱|袋|盒|包|份|件|桶|瓶|筐|罐|板)/u.exec(plain)?.[1] ??
    /^(箱|袋|盒|包|件(?=重))/u.exec(plain)?.[1] ??
    /(box|case|bag|carton|pack|portion)/.exec(plain)?.[1] ??
    (/入数|装箱/u.test(plain) ? '箱' : undefined)
  );
}

/** `每箱数量`, `入数`, `units per case`: what is counted there, where the cell holds a bare number. */
export function unitOfPackHeading(name: string): string | undefined {
  const plain = name.normalize('NFKC').toLowerCase();
  if (/公斤|千克/u.test(plain)) return 'kg';
  return /[数装]量|[个瓶袋盒]数|入数|装箱数|(units|pieces|pcs|qty) per/u.test(plain) ? '个' : undefined;
}
