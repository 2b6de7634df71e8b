// A lot as people write it down: which code, made where, of what, moved from whom to whom; read with every fault at its place.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Fault, Problem } from '../../http/problem.ts';
import { asGtin } from '../code/gs1.ts';
import { readLotCode } from '../code/lot-code.ts';
import { fitsGs1Lot, type LotCode, lotCodeFromGtinAndBatch } from '../code/lot-code-kinds.ts';
import { fitsOwnLot, ownLotKey, ownLotKinds, tidy } from '../code/lot-code-own.ts';
import { halfWidth, withoutInvisible } from '../code/scan-text.ts';
import { dayOf, endOfDay } from '../event/goods-day.ts';
import { type LabelDay, readLabelDay } from '../event/label-day.ts';
import { type DayFault, readDay } from '../sheet/day-text.ts';
import { typedAmount, typedQuantity } from '../sheet/typed-amount.ts';

export const entryLimits = { flow: 200, inputs: 200, certificates: 20, text: 200 } as const;

const text = z.string().trim().min(1).max(entryLimits.text);
const quantity = typedQuantity;
const place = text;

/** `at`: ISO 8601, or a day; without a zone it is Beijing time. */
const flowStep = z.object({
  from: place.optional(),
  to: place.optional(),
  at: text,
  receivedAt: text.optional(),
  quantity: quantity.optional(),
  unit: text.optional(),
});

export const lotEntrySchema = z.object({
  /** Anything readLotCode reads. */
  code: z.string().trim().min(1).max(2_048).optional(),
  gtin: text.optional(),
  lot: text.optional(),
  origin: text.optional(),
  batch: text.optional(),
  ownKind: z.enum(ownLotKinds).optional(),
  product: text.optional(),
  productEn: text.optional(),
  /** Of a plant or an animal, such as 湘研 15 号. */
  variety: text.optional(),
  /** What one pack holds, its grade or size (规格). */
  spec: text.optional(),
  quantity: quantity.optional(),
  unit: text.optional(),
  /** What one pack of the product holds: one 箱 12.5 kg. */
  packSize: z.object({ pack: text, holds: quantity, unit: text, gtin: text.optional() }).optional(),
  madeAt: place.optional(),
  producedAt: text.optional(),
  expiresAt: text.optional(),
  madeFrom: z
    .array(z.object({ code: text, quantity: quantity.optional(), unit: text.optional() }))
    .max(entryLimits.inputs)
    .optional(),
  /** Of where the first step of the flow comes from, else of where it was made. */
  supplierAddress: text.optional(),
  supplierPhone: text.optional(),
  flow: z.array(flowStep).max(entryLimits.flow).optional(),
  certificates: z
    .array(
      z.object({
        kind: z.enum(['quarantine', 'quality', 'laboratory', 'customs', 'other']),
        number: text,
        issuer: text.optional(),
        issuedAt: text.optional(),
        expiresAt: text.optional(),
        uri: z
          .url({ protocol: /^https?$/ })
          .max(1_000)
          .optional(),
        fileHash: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .max(entryLimits.certificates)
    .optional(),
});
export type LotEntryFields = z.output<typeof lotEntrySchema>;

/** An amount with its UN/CEFACT unit; undefined: pieces. */
export type EntryAmount = { readonly quantity: number | undefined; readonly unit: string | undefined };
export type EntryStep = {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly at: number;
  readonly receivedAt: number;
} & EntryAmount;

export type LotEntry = {
  /** Canonical code. */
  readonly code: string;
  readonly gtin: string | undefined;
  readonly origin: string | undefined;
  readonly batch: string | undefined;
  /** Unix ms. */
  readonly producedAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly amount: EntryAmount;
  readonly madeFrom: readonly ({ readonly code: string } & EntryAmount)[];
  readonly flow: readonly EntryStep[];
  readonly fields: LotEntryFields;
};

/** Throws Problem `invalid_input` naming every fault (`/flow/0/to`). */
export function readLotEntry(input: unknown): LotEntry {
  const parsed = lotEntrySchema.safeParse(input);
  if (!parsed.success) throw new Problem('invalid_input', { faults: parsed.error.issues.slice(0, 100).map(faultOf) });
  const faults: Fault[] = [];
  const entry = entryOf(parsed.data, faults);
  if (entry === undefined || faults.length > 0) throw new Problem('invalid_input', { faults });
  return entry;
}

/** A place as people name it: GLN or `local:slug` stay, a name becomes a slug of its own. */
export function siteIdOf(name: string): string {
  const trimmed = tidy(name);
  if (/^\d{13}$/.test(trimmed) || /^local:[\w.-]{1,64}$/.test(trimmed)) return trimmed;
  const slug = trimmed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  // Names of other scripts leave no slug; those that are only partly Latin would collide.
  const plain = /^[\x20-\x7e]+$/.test(trimmed) && slug.length > 0 && slug.length <= 64;
  return `local:${plain ? slug : `s-${createHash('sha256').update(trimmed).digest('hex').slice(0, 12)}`}`;
}

function entryOf(fields: LotEntryFields, faults: Fault[]): LotEntry | undefined {
  const code = codeOf(fields, faults);
  const time = (value: string | undefined, at: string) => timeOf(value, at, faults, 'first');
  const amount = (part: { quantity?: number | undefined; unit?: string | undefined }, at: string) =>
    amountOf(part, at, faults);
  const madeFrom = (fields.madeFrom ?? []).map((input, index) => {
    const read = readLotCode(input.code);
    if (!read.ok) faults.push(codeFault(`/madeFrom/${index}/code`, read));
    return { code: read.ok ? read.key : '', ...amount(input, `/madeFrom/${index}`) };
  });
  const flow = (fields.flow ?? []).map((step, index) => {
    const at = time(step.at, `/flow/${index}/at`) ?? 0;
    if (step.from === undefined && step.to === undefined) {
      faults.push({ place: `/flow/${index}`, code: 'missing', detail: 'Say where it came from or where it went.' });
    }
    const receivedAt = time(step.receivedAt, `/flow/${index}/receivedAt`) ?? at;
    return { from: step.from, to: step.to, at, receivedAt, ...amount(step, `/flow/${index}`) };
  });
  const producedAt = time(fields.producedAt, '/producedAt');
  // A use-by holds to the end of its day.
  const expiresAt = timeOf(fields.expiresAt, '/expiresAt', faults, 'last');
  if (producedAt !== undefined && expiresAt !== undefined && expiresAt < producedAt) {
    faults.push({ place: '/expiresAt', code: 'out_of_order', detail: 'It expires before it was made.' });
  }
  const total = amount(fields, '');
  if (code === undefined) return undefined;
  return { ...code, producedAt, expiresAt, amount: total, madeFrom, flow, fields };
}

type NamedCode = Pick<LotEntry, 'code' | 'gtin' | 'origin' | 'batch'>;

function codeOf(fields: LotEntryFields, faults: Fault[]): NamedCode | undefined {
  const { gtin, lot, origin, batch, ownKind } = fields;
  if (fields.code !== undefined) {
    const read = readLotCode(fields.code);
    if (read.ok && (read.kind === 'gtin' || read.kind === 'own')) return namedCode(read, fields);
    const notLot = { place: '/code', code: 'not_a_lot', detail: 'This names one piece or a container, not a lot.' };
    faults.push(read.ok ? notLot : codeFault('/code', read));
    return undefined;
  }
  if (gtin !== undefined) return gtinCode(gtin, lot ?? batch, origin, faults);
  const named = batch ?? lot;
  if (named === undefined || !fitsOwnLot({ ownKind: ownKind ?? 'batch', origin: origin ?? '', batch: named })) {
    faults.push({
      place: '/batch',
      code: 'missing',
      detail: 'Give a code, a GTIN and its lot, or origin and batch (up to 128 characters each).',
    });
    return undefined;
  }
  const code = ownLotKey({ ownKind: ownKind ?? 'batch', origin: origin ?? '', batch: named });
  return { code, gtin: undefined, origin, batch: tidy(named) };
}

function namedCode(read: Extract<LotCode, { kind: 'gtin' | 'own' }>, { origin, batch }: LotEntryFields): NamedCode {
  if (read.kind === 'own')
    return {
      code: read.key,
      gtin: undefined,
      origin: origin ?? (read.origin || undefined),
      batch: batch ?? read.batch,
    };
  return { code: read.key, gtin: read.gtin, origin, batch: batch ?? read.lot };
}

function gtinCode(
  text: string,
  typed: string | undefined,
  origin: string | undefined,
  faults: Fault[],
): NamedCode | undefined {
  const lot = typed === undefined ? undefined : plainLot(typed);
  const gtin = asGtin(text);
  if (gtin === undefined)
    faults.push({
      place: '/gtin',
      code: 'check_digit',
      detail: `${text} is no GTIN: 8, 12, 13 or 14 digits with a right check digit.`,
    });
  const read =
    gtin === undefined || lot === undefined
      ? undefined
      : readLotCode(`https://id.gs1.org/01/${gtin}/10/${encodeURIComponent(lot)}`);
  if (lot === undefined) faults.push({ place: '/lot', code: 'missing', detail: 'A GTIN needs its lot.' });
  else if (read !== undefined && !read.ok)
    faults.push({
      place: '/lot',
      code: 'bad_value',
      detail: 'A lot under a GTIN has 1 to 20 characters: Latin letters, digits and GS1 punctuation.',
    });
  if (gtin === undefined || lot === undefined || read?.ok !== true) return undefined;
  return { code: lotCodeFromGtinAndBatch(gtin, lot), gtin, origin, batch: lot };
}

/** `Ｌ１` of a Chinese keyboard is L1, and no other lot. */
function plainLot(typed: string): string {
  const plain = withoutInvisible(halfWidth(typed));
  return fitsGs1Lot(plain) ? plain : typed;
}

function codeFault(place: string, refusal: { readonly fault: string; readonly found: string }): Fault {
  return {
    place,
    code: refusal.fault,
    detail: `No lot can be read from ${refusal.found === '' ? 'this' : refusal.found}.`,
  };
}

function amountOf(
  part: { quantity?: number | undefined; unit?: string | undefined },
  place: string,
  faults: Fault[],
): EntryAmount {
  const read = typedAmount(part.quantity, part.unit);
  if (read !== undefined) return read;
  faults.push({
    place: `${place}/unit`,
    code: 'unknown_unit',
    detail: `${(part.unit ?? '').slice(0, 20)} is no unit; kg, 斤, 箱 or KGM are.`,
  });
  return { quantity: part.quantity, unit: undefined };
}

/** `last`: a day stands for its end, as a use-by means it; else for its beginning. */
function timeOf(
  value: string | undefined,
  place: string,
  faults: Fault[],
  meant: 'first' | 'last',
): number | undefined {
  if (value === undefined) return undefined;
  const read = readDay(value);
  if (read.ok) return read.has === 'day' && meant === 'last' ? endOfDay(dayOf(read.at)) : read.at;
  const label = meant === 'last' ? monthOrDigits(value) : undefined;
  if (label !== undefined) return label.until;
  faults.push({ place, code: read.fault, detail: `${value.slice(0, 40)} ${dayDetails[read.fault]}` });
  return undefined;
}

/** As packs print it: `2026-12` and `2026年12月` last to the end of the month, `261231` are the six digits of a label. */
function monthOrDigits(value: string): LabelDay | undefined {
  const plain = value.normalize('NFKC').trim();
  const [, year, month] = /^(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?$/u.exec(plain) ?? [];
  if (month !== undefined) return readLabelDay(`${year}-${month.padStart(2, '0')}`, anyCentury);
  return /^[1-4]\d(?:0\d|1[0-2])[0-3]\d$/u.test(plain) ? readLabelDay(plain, anyCentury) : undefined;
}

// Six digits from 10 to 49 lie in one century for as long as this is read.
const anyCentury = Date.UTC(2026, 0);

const dayDetails = {
  not_a_time: 'is no time; write 2026-11-22 or 2026-11-22T09:30+08:00.',
  ambiguous_day: 'may mean two different days; write the year first, 2026-11-22.',
  no_year: 'names no year; write 2026-11-22.',
  no_such_day: 'is no day of these years; write 2026-11-22.',
} as const satisfies Record<DayFault, string>;

function faultOf(issue: {
  readonly path: readonly PropertyKey[];
  readonly code?: string;
  readonly message: string;
}): Fault {
  return { place: `/${issue.path.map(String).join('/')}`, code: issue.code ?? 'invalid', detail: issue.message };
}
