// A use-by day out of how long food keeps: 保质期 7天 beside a production date; a day where somebody wrote one instead.
import { dayMs } from '../../clock.ts';
import { readDay } from './day-text.ts';
import { headingName } from './heading-name.ts';

export type KeepingCells = {
  readonly expiresAt?: string | undefined;
  readonly shelfLife?: string | undefined;
  readonly producedAt?: string | undefined;
};

/** What a pack prints before the day: 至2027-01-01, EXP 2027/01/01. */
const untilWords = /^\s*(?:保质期|有效期)?(?:截至|截止|至|到|exp(?:iry)?\.?|use by|best before|bbe?)\s*[:：]?\s*/iu;

type UseBy = {
  readonly day: string | undefined /** Why the shelf life cannot be read. */;
  readonly fault: string | undefined;
};

const zoneMs = 8 * 3_600_000;

/** `12` under 保质期（月） is 12月; a number that has no unit anywhere stays as it is, and cannot be read. */
export function shelfLifeText(text: string, heading: string): string {
  const plain = text.normalize('NFKC').trim();
  if (!/^(?:\d{1,4}|[一二三四五六七八九十]{1,3}|半)$/.test(plain)) return text;
  const { plain: name, remarks } = headingName(heading);
  const unit = remarks.find((remark) => Object.hasOwn(monthsOf, remark) || Object.hasOwn(daysOf, remark));
  return `${plain}${unit ?? (/天数?$/.test(name) ? '天' : '')}`;
}

/** `day`: what the row's use-by is, where its own column does not say it. */
export function useBy({ expiresAt, shelfLife, producedAt }: KeepingCells): UseBy {
  if (shelfLife === undefined) return none;
  const asDay = readDay(shelfLife.replace(untilWords, ''));
  if (asDay.ok) return expiresAt === undefined ? { day: dayText(asDay.at), fault: undefined } : none;
  const life = lifeOf(shelfLife);
  if (life === undefined)
    return { day: undefined, fault: `${shelfLife.slice(0, 40)} says no time; write 7天, 12个月 or a day.` };
  const made = producedAt === undefined ? undefined : readDay(producedAt);
  if (expiresAt !== undefined || made?.ok !== true) return none;
  return {
    day: dayText(life.months > 0 ? monthsOn(made.at, life.months) : made.at + life.days * dayMs),
    fault: undefined,
  };
}

const none: UseBy = { day: undefined, fault: undefined };

const monthsOf: Readonly<Record<string, number>> = {
  个月: 1,
  月: 1,
  month: 1,
  months: 1,
  m: 1,
  年: 12,
  year: 12,
  years: 12,
  y: 12,
};
const daysOf: Readonly<Record<string, number>> = {
  天: 1,
  日: 1,
  day: 1,
  days: 1,
  d: 1,
  周: 7,
  星期: 7,
  week: 7,
  weeks: 7,
  小时: 1 / 24,
  时: 1 / 24,
  h: 1 / 24,
  hour: 1 / 24,
  hours: 1 / 24,
};

function lifeOf(text: string): { months: number; days: number } | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  if (/^(长期|无|\/|-+|—+)$/.test(plain)) return { months: 0, days: Number.NaN };
  const [, number = '', unit = ''] =
    /^(\d{1,4}|[一二三四五六七八九十]{1,3}|半)(个月|月|年|天|日|周|星期|小时|时|hours?|h|days?|d|weeks?|months?|m|years?|y)?$/.exec(
      plain,
    ) ?? [];
  if (number === '') return undefined;
  const count = number === '半' ? 0.5 : /^\d/.test(number) ? Number(number) : chineseNumber(number);
  const months = monthsOf[unit];
  // Half a month is no number of months.
  if (months !== undefined)
    return Number.isInteger(count * months)
      ? { months: count * months, days: 0 }
      : { months: 0, days: count * months * 30 };
  const days = daysOf[unit];
  return days === undefined ? undefined : { months: 0, days: count * days };
}

const digits = '一二三四五六七八九';

/** 一 to 九十九. */
function chineseNumber(text: string): number {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['0', text];
  const ten = tens === '0' ? 0 : tens === '' ? 1 : digits.indexOf(tens) + 1;
  return ten * 10 + (ones === '' ? 0 : digits.indexOf(ones) + 1);
}

/** The same day so many months on; the last of the month where it has no such day. */
function monthsOn(at: number, months: number): number {
  const day = new Date(at + zoneMs);
  const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first + (Math.min(day.getUTCDate(), last) - 1) * dayMs - zoneMs;
}

function dayText(at: number): string | undefined {
  return Number.isNaN(at) ? undefined : new Date(at + zoneMs).toISOString().slice(0, 10);
}
