// Writes times and quantities the way the product does: Beijing time, 24 hours, units always, minus as −.

const zone = 'Asia/Shanghai';

/** `11-22 11:05` for lists. */
export function formatTime(at: number, lang: string): string {
  const parts = partsOf(at);
  return lang === 'en'
    ? `${Number(parts.day)} ${monthNames[Number(parts.month) - 1]}, ${parts.hour}:${parts.minute}`
    : `${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** `11 月 22 日 11:05` in sentences; English `22 Nov, 11:05`. */
export function formatMoment(at: number, lang: string): string {
  const parts = partsOf(at);
  return lang === 'en'
    ? formatTime(at, lang)
    : `${Number(parts.month)} 月 ${Number(parts.day)} 日 ${parts.hour}:${parts.minute}`;
}

/** `2026-11-22` for certificates and papers. */
export function formatDate(at: number): string {
  const parts = partsOf(at);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** `11:05`. */
export function formatClock(at: number): string {
  const { hour, minute } = partsOf(at);
  return `${hour}:${minute}`;
}

/** A number with a fixed count of decimals and a true minus. */
export function formatNumber(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function partsOf(at: number): { year: string; month: string; day: string; hour: string; minute: string } {
  const found: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) found[type] = value;
  const of = (name: string) => found[name] ?? '';
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}
