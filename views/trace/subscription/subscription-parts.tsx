// Pieces of the pages of subscriptions: a state, a schedule in words, the last delivery and the last fault.
import { Icon } from '../../parts/icon.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { When } from '../parts.tsx';

export type Schedule = Readonly<Record<string, string>>;

export type SubscriptionLine = {
  readonly id: string;
  readonly queryName: string;
  /** Whose it is; null on the owner's own page. */
  readonly owner: string | null;
  /** Without its query, which may hold a key. */
  readonly dest: string;
  readonly schedule: Schedule | null;
  readonly reportIfEmpty: boolean;
  readonly state: 'active' | 'paused' | 'given_up';
  readonly createdAt: number;
  readonly deliveredAt: number | null;
  readonly fault: { readonly code: string; readonly at: number } | null;
  /** The delivery that is not taken yet. */
  readonly open: { readonly attempts: number; readonly nextTryAt: number } | null;
};

const badges = {
  active: ['online', 'live'],
  retrying: ['due', 'clock'],
  paused: ['offline', 'slash'],
  given_up: ['overdue', 'alert'],
} as const;

export function SubscriptionBadge({ words, line }: { words: Texts; line: Pick<SubscriptionLine, 'state' | 'fault'> }) {
  const state = line.state === 'active' && line.fault !== null ? 'retrying' : line.state;
  const [tone, icon] = badges[state];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.trace.subscriptions.states[state]}
    </span>
  );
}

/** Queries the form made say what they ask in words; others have the name their maker gave them. */
export function queryWords(words: Texts, name: string): string {
  if (name === 'all-events') return words.trace.subscriptions.everyEvent;
  const step = /^step-(.+)$/.exec(name)?.[1];
  return (step === undefined ? undefined : words.trace.steps[step]) ?? name;
}

/** `每天 06:00` where the schedule is that simple, else its fields one by one. */
export function scheduleText(words: Texts, schedule: Schedule | null): string {
  const text = words.trace.subscriptions;
  if (schedule === null) return text.stream;
  const { hour, minute = '0', dayOfWeek } = schedule;
  const names = Object.keys(schedule);
  const isPlain = [hour, minute, dayOfWeek].every((value) => value === undefined || /^\d{1,2}$/.test(value));
  const only = (...allowed: string[]) => isPlain && names.every((name) => allowed.includes(name));
  const time = `${(hour ?? '').padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (hour !== undefined && dayOfWeek !== undefined && only('hour', 'minute', 'dayOfWeek'))
    return text.weeklyAt(text.weekdays[dayOfWeek] ?? dayOfWeek, time);
  if (hour !== undefined && only('hour', 'minute')) return text.dailyAt(time);
  if (schedule['minute'] !== undefined && only('minute')) return text.hourlyAt(minute);
  const fields: Readonly<Record<string, string>> = text.scheduleFields;
  return names.map((name) => `${fields[name] ?? name} ${schedule[name]}`).join(words.lang === 'en' ? ', ' : '，');
}

export function LastDelivery({ words, at }: { words: Texts; at: number | null }) {
  return at === null ? <span class="soft">{words.trace.subscriptions.never}</span> : <When at={at} words={words} />;
}

/** What went wrong last, and when it is tried again. */
export function LastFault({ words, line }: { words: Texts; line: SubscriptionLine }) {
  const text = words.trace.subscriptions;
  if (line.fault === null) return null;
  const moment = (at: number) => formatMoment(at, words.lang);
  const tries =
    line.state !== 'active' || line.open === null ? '' : text.nextTry(moment(line.open.nextTryAt), line.open.attempts);
  return (
    <p class="small soft">
      {text.faultAt(moment(line.fault.at))}
      {words.lang === 'en' ? ': ' : '：'}
      {faultWords(words, line.fault.code)}
      {tries === '' ? '' : `${words.lang === 'en' ? '. ' : '。'}${tries}`}
      {words.lang === 'en' ? '.' : '。'}
    </p>
  );
}

export function faultWords(words: Texts, code: string): string {
  return words.trace.subscriptions.faults[code] ?? code;
}
