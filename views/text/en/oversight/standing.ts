// Renaming, closing and opening a kitchen again, in English.
import type { standing as reference } from '../../zh-CN/oversight/standing.ts';

export const standing: typeof reference = {
  title: 'Name and closing',
  link: 'Rename or close',
  lead: (licence) =>
    `Licence ${licence}. The public record follows the licence; every change is written to the ledger.`,
  renameTitle: 'Rename',
  renameLead:
    'It takes effect at once. The old name stays on the public record, and score and grade go on; at most twice in 90 days.',
  rename: 'Rename',
  why: 'Why it is renamed',
  whyNameHint: 'For example: the licence has the new name.',
  closeTitle: 'Register as closed',
  closeLead:
    'Once closed, its cameras are not looked at, and it is neither drawn nor graded. Complaints in hand go on, and recalls still reach it.',
  day: 'Closed from',
  dayHint: 'The first day without business; today at the latest.',
  whyClosed: 'Why it closed',
  close: 'Register as closed',
  closedOn: (day) => `Closed on ${day}`,
  closed: 'Closed',
  reopen: 'Open again',
  reopenLead:
    'Its cameras are looked at again, and the visit that was called off is due again. A slip is undone here too.',
  askInspector: 'An inspector opens it again: ask your inspector.',
  former: 'Former names',
  formerly: (names) => `Formerly ${names}`,
  until: (day) => `until ${day}`,
};
