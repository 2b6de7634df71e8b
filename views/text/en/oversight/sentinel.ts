// The sentinel, in English.
import type { sentinel as reference } from '../../zh-CN/oversight/sentinel.ts';

export const sentinel: typeof reference = {
  title: 'Sentinel',
  lead: (days) =>
    `Every series is compared with its own last eight weeks by a control chart. While nothing is wrong, all of them together give at most one false alarm in ${days} days.`,
  quiet: 'Nothing out of the ordinary',
  quietLead: 'Every count is within what its own history leads to expect.',
  kinds: {
    flag: 'Flags',
    complaint: 'Complaints',
    breach: 'Cold-chain breaches',
    test: 'Failed tests',
    blind: 'Blind cameras',
  },
  scopes: { city: 'The city', district: 'District', kitchen: 'Restaurant' },
  why: (window, day, count, expected) =>
    window === 1
      ? `${count} on ${day}; the eight weeks before lead to expect ${expected}.`
      : `${count} in the 7 days until ${day}; the eight weeks before lead to expect ${expected}.`,
  chance: (limit, oneIn) =>
    `Control limit ${limit}. Were nothing changed, that many would come about once in ${oneIn}.`,
  chart: 'Count of each day',
  day: 'Day',
  limit: 'control limit',
  toKitchen: 'See this restaurant',
  explain: 'Why (it is quiet once that is written)',
  explainGo: 'Explained',
  unsaid: 'Write why first.',
  explained: 'Explained',
};
