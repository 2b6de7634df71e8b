// Holders, what happened when, and kitchens, as the report of a recall tells them.

import { formatNumber, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { amountWithMark, placeName } from '../parts.tsx';
import type { RecallReport, ReportEvent } from './recall-report.ts';
import { left, type ReportBlock, right } from './report-block.ts';

export function holdersTable(words: Texts, report: RecallReport): ReportBlock {
  const { report: text } = words.trace;
  const { columns } = text;
  return {
    kind: 'table',
    title: null,
    columns: [
      left(columns.holder, 5),
      left(columns.issue, 2),
      left(columns.told, 3),
      left(columns.seen, 2.6),
      left(columns.answered, 2.6),
      right(columns.reminders, 1.8),
    ],
    rows: report.holders.map(({ place, issue, sentAt, seenAt, firstAnswerAt, reminders }) => [
      placeName(words, place),
      text.issueNo(issue),
      formatTime(sentAt, words.lang),
      seenAt === null ? text.never : span(words, seenAt - sentAt),
      firstAnswerAt === null ? text.silent : span(words, firstAnswerAt - sentAt),
      reminders === 0 ? '–' : text.times(reminders),
    ]),
  };
}

export function timelineTable(words: Texts, report: RecallReport): ReportBlock {
  const { columns } = words.trace.report;
  return {
    kind: 'table',
    title: null,
    columns: [left(columns.time, 2.4), left(columns.what, 13)],
    rows: report.timeline.map((event) => [formatTime(event.at, words.lang), eventSaid(words, event)]),
  };
}

function eventSaid(words: Texts, event: ReportEvent): string {
  const { events, withPhoto, listComma } = words.trace.report;
  if (event.kind !== 'answered' && event.kind !== 'takenBack') return events[event.kind](event.count);
  const comma = words.lang === 'en' ? ', ' : '，';
  const lines = event.answers.map(({ action, batch, quantity: amount, unit, note, photo }) =>
    [
      `${words.trace.recall.answers[action]}${amount === null ? '' : ` ${amountWithMark(words, amount, unit)}`}`,
      batch,
      ...(note === null ? [] : [note]),
      ...(photo === 'photo' ? [withPhoto] : []),
    ].join(comma),
  );
  return events[event.kind](event.place === null ? '' : placeName(words, event.place)) + lines.join(listComma);
}

export function kitchenBlocks(words: Texts, { kitchens }: RecallReport): ReportBlock[] {
  const { report: text } = words.trace;
  const { columns } = text;
  if (kitchens.length === 0) return [{ kind: 'text', text: text.noKitchens }];
  return [
    { kind: 'text', text: text.kitchensNote },
    {
      kind: 'table',
      title: null,
      columns: [
        left(columns.kitchen, 6),
        left(columns.since, 3),
        right(columns.frames, 2),
        right(columns.judged, 2),
        right(columns.confirmed, 2),
      ],
      rows: kitchens.map((kitchen) => [
        localName(words.lang, kitchen),
        formatTime(kitchen.since, words.lang),
        String(kitchen.frames),
        String(kitchen.judged),
        String(kitchen.confirmed),
      ]),
    },
  ];
}

const minuteMs = 60_000;

/** How long something took: minutes under two hours, then hours. */
export function span(words: Texts, ms: number): string {
  const { report: text } = words.trace;
  if (ms < minuteMs) return text.atOnce;
  if (ms < 120 * minuteMs) return text.minutes(Math.round(ms / minuteMs));
  return text.hours(formatNumber(ms / (60 * minuteMs), 1));
}
