// What a workbook shows for a number where its format pads or letters it: a lot code kept as 12 and shown as 0012.

/** The shown text of a whole number, or undefined where the format changes nothing that belongs to a code. */
export function shownNumber(value: number, format: string | undefined): string | undefined {
  if (format === undefined || !Number.isSafeInteger(value) || value < 0) return undefined;
  const [positive = ''] = sectionsOf(format);
  const parts = partsOf(positive);
  if (parts === undefined) return undefined;
  const places = parts.filter(({ kind }) => kind !== 'letters').length;
  const least = parts.filter(({ kind }) => kind === 'zero').length;
  // One character a place; the first place takes what is too long for the others.
  const digits = String(value).padStart(least, '0').padStart(places, ' ');
  const first = digits.length - places;
  let place = 0;
  const text = parts.map(({ kind, letters }) => {
    if (kind === 'letters') return letters;
    place += 1;
    return place === 1 ? digits.slice(0, first + 1) : digits.charAt(first + place - 1);
  });
  const shown = text.join('').trim();
  return shown === String(value) ? undefined : shown;
}

type Part = { readonly kind: 'zero' | 'digit' | 'letters'; readonly letters: string };

/** Undefined for formats with decimals, thousands, percent, exponents, days: what they show is an amount and no code. */
function partsOf(section: string): Part[] | undefined {
  const parts: Part[] = [];
  const pattern = /"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?])|([-/ ()])|(.)/gsu;
  for (const [, quoted, escaped, digit, plain, other] of section.matchAll(pattern)) {
    if (digit !== undefined) parts.push({ kind: digit === '0' ? 'zero' : 'digit', letters: '' });
    else if (other !== undefined) return undefined;
    else if ((quoted ?? escaped ?? plain) !== undefined) {
      parts.push({ kind: 'letters', letters: quoted ?? escaped ?? plain ?? '' });
    }
  }
  return parts.some(({ kind }) => kind !== 'letters') ? parts : undefined;
}

function sectionsOf(format: string): string[] {
  return format
    .replace(/"[^"]*"|\\./g, (found) => found.replaceAll(';', '\u0001'))
    .split(';')
    .map((part) => part.replaceAll('\u0001', ';'));
}

/** Whether a format shows a day: it names year, month or day outside quotes, and no digits. */
export function showsDay(format: string): boolean {
  const code = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return (
    /[yde年]|m.*d|d.*m|月|日/i.test(code) && !/general|@|e[+-]/i.test(code) && !/[#0?]/.test(code.replace(/\.0+/, ''))
  );
}
