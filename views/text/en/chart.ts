// Words that every chart shares, in English.
import type { chart as reference } from '../zh-CN/chart.ts';

export const chart = {
  asTable: 'Show the numbers',
  value: 'Value',
  inAll: 'In all',
  none: 'No data',
  nothing: 'There is no data yet.',
  seconds: (number) => `${number} s`,
  points: (number) => `${number} points`,
  withInterval: (value, low, high) => `${value} (${low}–${high})`,
  pair: (name, value) => `${name} ${value}`,
  titled: (title, said) => `${title}: ${said}`,
  list: (parts) => parts.join('; '),
  fromTo: (from, to) => `from ${from} to ${to}`,
  csv: 'Download CSV',
} satisfies typeof reference;
