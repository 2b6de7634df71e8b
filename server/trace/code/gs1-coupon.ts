// The inside of a coupon code, AI (8110) and (8112): fields whose lengths are said by the field before them
// (GS1 General Specifications §3.9, North American Coupon Application Guideline §5).

/** Reads digits from the left; once something does not fit, everything after is false. */
type Reader = { readonly digits: string; at: number; fits: boolean };

export function isCouponCode(text: string): boolean {
  const reader = readerOf(text);
  companyPrefix(reader, '0123456');
  take(reader, 6);
  lengthAndValue(reader, '12345', 0);
  lengthAndValue(reader, '12345', 0);
  oneOf(reader, '012349');
  take(reader, 3);
  return optionalFields(reader) && reader.fits;
}

/** AI (8112): format, funder, offer, serial number. */
export function isPositiveOffer(text: string): boolean {
  const reader = readerOf(text);
  oneOf(reader, '01');
  companyPrefix(reader, '0123456');
  take(reader, 6);
  lengthAndValue(reader, '0123456789', 6);
  return reader.fits && reader.at === text.length;
}

/** Fields 1 to 6 and 9, each at most once and in this order. */
function optionalFields(reader: Reader): boolean {
  let last = 0;
  let expires: string | undefined;
  while (reader.fits && reader.at < reader.digits.length) {
    const field = Number(take(reader, 1));
    if (field <= last) return false;
    last = field;
    if (field === 1) anotherPurchase(reader, 'with a rule');
    else if (field === 2) anotherPurchase(reader, 'alone');
    else if (field === 3) expires = day(reader);
    else if (field === 4) {
      const starts = day(reader);
      if (expires !== undefined && starts > expires) return false;
    } else if (field === 5) lengthAndValue(reader, '0123456789', 6);
    else if (field === 6) companyPrefix(reader, '1234567');
    else if (field === 9) {
      oneOf(reader, '01256');
      oneOf(reader, '012');
      take(reader, 1);
      oneOf(reader, '01');
    } else return false;
  }
  return true;
}

/** The second purchase says how it adds to the first; the third does not. */
function anotherPurchase(reader: Reader, form: 'with a rule' | 'alone'): void {
  if (form === 'with a rule') oneOf(reader, '0123');
  lengthAndValue(reader, '12345', 0);
  oneOf(reader, '012349');
  take(reader, 3);
  // 9: the prefix of the first purchase again.
  if (reader.digits.charAt(reader.at) === '9') take(reader, 1);
  else companyPrefix(reader, '0123456');
}

function companyPrefix(reader: Reader, lengths: string): void {
  lengthAndValue(reader, lengths, 6);
}

function lengthAndValue(reader: Reader, lengths: string, shortest: number): void {
  take(reader, Number(oneOf(reader, lengths)) + shortest);
}

/** YYMMDD, sortable within the half century before and after 2000 that coupons live in. */
function day(reader: Reader): string {
  const text = take(reader, 6);
  const [year, month, date] = [Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4))];
  if (month < 1 || month > 12 || date < 1 || date > new Date(Date.UTC(2000 + year, month, 0)).getUTCDate()) {
    reader.fits = false;
  }
  return `${year > 50 ? '19' : '20'}${text}`;
}

function readerOf(text: string): Reader {
  return { digits: text, at: 0, fits: /^\d+$/.test(text) };
}

function oneOf(reader: Reader, allowed: string): string {
  const digit = take(reader, 1);
  if (digit === '' || !allowed.includes(digit)) reader.fits = false;
  return digit;
}

function take(reader: Reader, count: number): string {
  const part = reader.digits.slice(reader.at, reader.at + count);
  if (part.length < count) reader.fits = false;
  reader.at += count;
  return part;
}
