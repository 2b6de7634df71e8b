// What people read when they attach a temperature logger's file to a shipment, in English.
import type { logger as reference } from '../../zh-CN/trace/logger.ts';

export const logger: typeof reference = {
  title: 'Attach temperature readings',
  attachThis: 'Attach readings',
  andMore: (count) => (count === 1 ? 'and one more lot' : `and ${count} more lots`),
  way: (from, to) => `${from} → ${to}`,
  time: (from, until) => (until === null ? `from ${from}, not yet received` : `${from} to ${until}`),
  file: 'File of the logger',
  fileHint: 'CSV, text or .xlsx, as Testo, Elitech, LogTag, HOBO, Sensitech, Lascar and others export it.',
  order: 'Order of the day',
  orders: { ymd: 'year-month-day', dmy: 'day-month-year', mdy: 'month-day-year' },
  takeDoubts: 'I have looked at the lines in doubt; take them as said above (choose the file again)',
  attach: 'Attach',
  done: (count) => (count === 1 ? '1 reading attached.' : `${count} readings attached to these goods.`),
  known: 'This file was attached before; nothing was doubled.',
  read: (count) => (count === 1 ? '1 reading of this shipment' : `${count} readings of this shipment`),
  range: (low, high) => `lowest ${low} °C, highest ${high} °C`,
  cell: 'Place',
  told: 'What was found',
  levels: { fault: 'wrong', doubt: 'in doubt', note: 'note' },
  said: {},
};
