// What an inspector reads when two codes turn out to be one lot, in English.
import type { merge as reference } from '../../zh-CN/trace/merge.ts';

export const merge: typeof reference = {
  title: 'Merge two lots',
  lead: 'When one lot got two codes, such as a batch mistyped on delivery, make them one. Trace, recalls, public pages and books then count one lot; it can be undone.',
  into: 'Kept:',
  other: 'The other code',
  otherHint: 'Lot code, batch or link of the lot that belongs to this one',
  find: 'Next',
  kept: 'The lot that is kept',
  given: 'The lot that is merged into it (its code then leads to the kept one)',
  differs: 'differs',
  means: (from, into) =>
    `After this, scanning ${from} finds ${into}. Events stay as they were told and count for ${into}.`,
  reason: 'Reason',
  reasonHint: 'For example: A07 was typed as AO7 on delivery',
  merge: 'Make them one lot',
  back: 'Back',
  history: 'Merged codes',
  none: 'No other code was merged into this lot.',
  add: 'Merge another code',
  merged: (time, reason) => `merged ${time}: ${reason}`,
  undone: (time, reason) => `Undone ${time}: ${reason}`,
  undoReason: 'Reason for undoing it',
  undo: 'Undo the merge',
  done: 'Merged: the two codes are one lot now.',
  undoneNow: 'Undone: each code is a lot of its own again.',
  reasonMissing: 'Nothing was undone: give a reason first.',
  scanned: (code) => `The code you scanned, ${code}, is of this same lot.`,
  doubts: {
    both_recalled: 'Both lots are being recalled: both recalls go on, each widened to the merged lot.',
    is_recalled: 'The kept lot is being recalled: the merged goods come into the recall, and their holders are told.',
    expiry_differs: 'The two have different use-by days: the earlier one counts.',
  },
};
