// Times and spans as the kitchen pages write them.
import { formatMoment, formatTime } from '../parts/time.ts';

const secondsOf = (at: number) => String(Math.floor(at / 1000) % 60).padStart(2, '0');

/** `11 月 22 日 11:05:32`: a frame is told to the second. */
export function frameMoment(at: number, lang: string): string {
  return `${formatMoment(at, lang)}:${secondsOf(at)}`;
}

/** `11 月 16 日`, `16 Nov` */
export function dayText(at: number, lang: string): string {
  return formatMoment(at, lang)
    .slice(0, -5)
    .replace(/[ ,]+$/, '');
}

/** `11:05` */
export function hourMinute(at: number): string {
  return formatTime(at, 'zh-CN').slice(-5);
}

/** `11:05:28` for the first of a row, `:30` for those in the same minute. */
export function frameTick(at: number, before: number | undefined): string {
  const sameMinute = before !== undefined && Math.floor(at / 60_000) === Math.floor(before / 60_000);
  return sameMinute ? `:${secondsOf(at)}` : `${hourMinute(at)}:${secondsOf(at)}`;
}

/** `datetime` of a <time>, in Beijing. */
export function isoMoment(at: number): string {
  return `${new Date(at + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`;
}

/** `1.8` seconds, one decimal. */
export function secondsText(ms: number): string {
  return (ms / 1000).toFixed(1);
}
