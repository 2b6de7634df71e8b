// The name of a column as people write it over their tables, brought to one spelling; and which known name it is near to.
import { simplified } from '../code/simplified.ts';

export type HeadingName = {
  /** Without blanks, marks and remarks, in small letters. */
  readonly plain: string;
  /** What stands in brackets or after a slash: `kg` of `数量(kg)`. */
  readonly remarks: readonly string[];
};

const longestName = 64;

/** `条 码`, `＊品名（必填）`, `Qty (kg)` → 条码, 品名, qty with its remark kg. */
export function headingName(raw: string): HeadingName {
  const text = simplified(raw.slice(0, longestName).normalize('NFKC').toLowerCase());
  const remarks: string[] = [];
  const keep = (_: string, inside: string) => {
    remarks.push(inside.replace(/\s+/g, ''));
    return '';
  };
  const bare = text
    .replace(/[([【〔「<]([^)\]】〕」>]*)[)\]】〕」>]/g, keep)
    .replace(
      /[/／:：]\s*([a-z]{1,3}|公斤|千克|市斤|斤|克|吨|升|毫升|箱|件|盒|瓶|袋|包|桶|个|只|个月|月|天|日|年|周|℃|°c)\s*$/u,
      keep,
    )
    .replace(/[\s*＊·:：.。、_\-—#№"'“”‘’`]+/gu, '');
  return { plain: bare, remarks: remarks.filter((remark) => remark !== '') };
}

/** The known name most like this one, undefined where none is: half of its letters are the same in the same order, or one lies in the other. */
export function nearName(plain: string, known: Iterable<string>): string | undefined {
  let best: { name: string; likeness: number } | undefined;
  for (const name of known) {
    const likeness = likenessOf(plain, name);
    if (likeness > (best?.likeness ?? leastLikeness)) best = { name, likeness };
  }
  return best?.name;
}

const leastLikeness = 0.499;

/** From 0 to 1. A name that holds the other is like it by its share of the letters, and more than by chance. */
function likenessOf(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  if (short.length >= 2 && long.includes(short)) return Math.max(0.6, 0.1 + short.length / long.length);
  const likeness = 1 - distance(a, b) / long.length;
  // One letter of two is chance in Latin letters, and no chance in Chinese ones.
  return long.length <= 3 && /^[\x20-\x7e]*$/.test(long) ? likeness - 0.3 : likeness;
}

/** How many letters to change, add or take away. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
