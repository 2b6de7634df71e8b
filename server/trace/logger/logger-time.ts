// Times as loggers write them: in which order day, month and year stand is told by the whole column, not by one cell.

export const dayOrders = ['ymd', 'dmy', 'mdy'] as const;
export type DayOrder = (typeof dayOrders)[number];

type Parts = {
  readonly numbers: readonly [string, string, string];
  readonly clockMs: number;
  readonly zone: number | undefined;
};

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Unix ms in the given order, `zoneMinutes` where the text names no zone; undefined where it is no time. */
export function momentOf(text: string, order: DayOrder, zoneMinutes: number): number | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  const [a, b, c] = parts.numbers;
  const [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  // A year of four digits stands where it stands, whatever the order of the others.
  if (year.length !== 2 && year.length !== 4) return undefined;
  if (month.length > 2 || day.length > 2) return undefined;
  const date = new Date(
    Date.UTC(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month) - 1, Number(day)),
  );
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  if (date.getUTCFullYear() < 2000 || date.getUTCFullYear() > 2099) return undefined;
  return date.getTime() + parts.clockMs - (parts.zone ?? zoneMinutes) * 60_000;
}

function partsOf(text: string): Parts | undefined {
  const plain = text.normalize('NFKC').trim();
  const worded = plain.replace(/\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?/i, (_, name: string) =>
    String(monthNames.indexOf(name.toLowerCase()) + 1),
  );
  const found =
    /^(\d{1,4})\s*[年\-/. ]\s*(\d{1,2})\s*[月\-/. ]\s*(\d{1,4})\s*日?[,T\s]*(上午|下午|AM|PM)?\s*(\d{1,2})[:时.](\d{1,2})(?:[:分.](\d{1,2})(?:[.,]\d+)?)?\s*秒?\s*(AM|PM)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
      worded,
    );
  if (found === null) return undefined;
  const [, a = '', b = '', c = '', before, hourText = '', minute = '', second = '0', after, zone] = found;
  const hour = hourOf(Number(hourText), (before ?? after ?? '').toLowerCase());
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const clockMs = ((hour * 60 + Number(minute)) * 60 + Number(second)) * 1_000;
  return { numbers: [a, b, c], clockMs, zone: zoneOf(zone) };
}

function hourOf(hour: number, half: string): number {
  if ((half === 'pm' || half === '下午') && hour < 12) return hour + 12;
  return (half === 'am' || half === '上午') && hour === 12 ? 0 : hour;
}

function zoneOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^z$/i.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -minutes : minutes;
}

export type TimeSpan = { readonly fromAt: number; readonly untilAt: number };

/**
 * The orders in which every one of the texts is a time. Where several are possible, those in which time goes on without
 * going back count, then those that lie in `near`.
 */
export function possibleOrders(texts: readonly string[], zoneMinutes: number, near: TimeSpan): DayOrder[] {
  const read = dayOrders
    .map((order) => ({ order, times: texts.map((text) => momentOf(text, order, zoneMinutes)) }))
    .filter(({ times }) => times.every((time) => time !== undefined));
  const onward = read.filter(({ times }) => isOneWay(times as number[]));
  const kept = onward.length > 0 ? onward : read;
  const inside = kept.filter(({ times }) => times.some((at) => (at ?? 0) >= near.fromAt && (at ?? 0) <= near.untilAt));
  return (inside.length > 0 ? inside : kept).map(({ order }) => order);
}

/** Loggers write forwards, or newest first. */
function isOneWay(times: readonly number[]): boolean {
  const steps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}
