// Amounts as people write them in a cell: 1,200, full-width digits, 120公斤; never guessed where a comma could be a point.

export type AmountFault = 'not_a_number' | 'ambiguous_number' | 'not_positive' | 'about';

export type AmountReading =
  | {
      readonly ok: true;
      readonly quantity: number /** As written after the number. */;
      readonly unit: string | undefined;
    }
  | { readonly ok: false; readonly fault: AmountFault };

const longestUnit = 12;

/** `1,200.5 公斤` → 1200.5 and its unit as written. Throws nothing on any text. */
export function readAmount(text: string): AmountReading {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (/^(约|大约|大概|左右|近|~|≈|about|ca?\.?\s|approx)/i.test(plain) || /(左右|以上|以内|多)$/.test(plain))
    return refused('about');
  if (/^[-−–]\s*\d/.test(plain)) return refused('not_positive');
  const [, number, rest = ''] =
    /^\+?(\d{1,3}(?:[, ']\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?|\.\d+)\s*(.*)$/u.exec(plain) ?? [];
  if (number === undefined) return refused('not_a_number');
  if (/^[,.']\d/.test(rest)) return refused('ambiguous_number');
  const quantity = Number(number.replace(/[, ']/g, ''));
  if (!(quantity > 0)) return refused('not_positive');
  const unit = rest.replace(/^[.]\s*$/, '').trim();
  if (unit.length > longestUnit || /\d/.test(unit)) return refused('not_a_number');
  return { ok: true, quantity, unit: unit === '' ? undefined : unit };
}

function refused(fault: AmountFault): AmountReading {
  return { ok: false, fault };
}
