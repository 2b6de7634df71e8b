// Words of the page that says how well reviewing works, in English.
import type { quality as reference } from '../../zh-CN/kitchen/quality.ts';

export const quality = {
  title: 'Quality of review',
  lead: (days: number) =>
    `The last ${days} days: what was missed, how far people agree, what it cost, and whether that is changing.`,
  csv: 'Download CSV',
  missTitle: 'Miss rate',
  auditsJudged: (judged: number, drawn: number, twice: number) =>
    `${drawn} frames audited, ${judged} judged, ${twice} of them blind by two people or more`,
  howTitle: 'How it is worked out',
  definition:
    'Miss rate: of all violations of a kind that were present in sampled frames, the share that reached no reviewer.',
  formula: 'Miss rate = missed ÷ (missed + reached)',
  formulaParts: [
    'Missed = audited frames in which the kind was found and that no flag covered, each counted 1 ÷ the chance of being drawn.',
    'Reached = frames flagged by the models and confirmed as the kind, corrected by audits: plus those that a flag covered without being counted themselves, less those counted that audits do not find, again each 1 ÷ the chance.',
    'Audits are drawn at random per camera and hour from all frames looked at: flagged ones and those dropped by “N of M frames” are among them. The chance is kept with each audit.',
    'Every audited frame is asked about all kinds, blind, by two people; where they disagree a third decides. A corrected class counts as corrected.',
    'The interval is 95%: Fay and Feuer’s gamma interval for weighted counts, put together as a ratio after Donner and Zou.',
  ],
  auditsOff:
    'The share of audits is 0: frames from now on have no miss rate. Ask an administrator to set it under “Settings of review”.',
  noAudits: 'No audited frame has been decided yet. Audits lie in the queue and do not say what the models saw.',
  violation: 'Violation',
  audited: 'Frames asked',
  found: 'Found by audit',
  foundMissed: 'Of these missed',
  caught: 'Flagged and confirmed',
  missRate: 'Miss rate',
  byGroup: 'By place of the camera',
  byDistrict: 'By district',
  paceTitle: 'Time and people',
  median: 'Per decision, median',
  p90: 'Per decision, nine of ten within',
  agreementTitle: 'Agreement κ',
  agreementLead:
    'Two people judge the same frame blind; Cohen’s κ of each kind with its 95% interval. A third decides where they disagree.',
  noPairs: 'No frame has been judged by two people yet.',
  people: 'Reviewers',
  everybody: 'Everybody',
  pairs: 'Pairs',
  kappa: 'κ (95% interval)',
  kappaNone: 'all judged alike: κ has no meaning',
  driftTitle: 'Drift: this week and the quarter before',
  driftLead: 'Marked “changed” where the two are further apart than chance explains.',
  noFlags: 'Nothing has been flagged yet.',
  flaggedShare: 'Flagged of 1,000 frames',
  rightShare: 'Flags confirmed',
  nowBefore: (now: string, before: string) => `week ${now}, before ${before}`,
  changed: '· changed',
} satisfies typeof reference;
