// What an inspector reads between writing a recall and its going out, in English.
import type { publish as reference } from '../../zh-CN/trace/publish.ts';

export const publish: typeof reference = {
  askTitle: 'Publish this recall?',
  ask: (product, batch) => `Publish the recall of ${product} ${batch}?`,
  tells: (holders, quantity) => `${holders} ${holders === 1 ? 'holder' : 'holders'} will be told; ${quantity} on hand`,
  andMore: (count) => ` and ${count} more`,
  holdNow: 'The lot is put on hold at once, and its public page says so.',
  tellLater: (minutes) =>
    `Holders are told and the recall made public after ${minutes} minutes. Until then it can be taken back.`,
  afterwards: 'Once notices are out it can only be ended. Publishing and taking back are written into the ledger.',
  change: 'Go back and change it',
  waiting: 'Recall about to go out',
  goesOut: (time, minutes) =>
    minutes === 0
      ? 'The time to take it back is over; notices are going out.'
      : `On hold. Notices go out at ${time}: ${minutes} min left to take it back.`,
  going: {
    title: 'Going out: everything it reaches is found first',
    walk: (holdings) => `Following the goods; holdings found so far: ${holdings}.`,
    books: (holdings) => `Working out who holds how much; holdings: ${holdings}.`,
    rows: (holdings) => `Freezing the scope, then the notices go out; holdings: ${holdings}.`,
    lead: 'The lot is on hold. Until the scope is frozen, this can still be taken back.',
  },
  takeBack: 'Take it back',
  sendNow: 'Send it now',
  takenBack: (time) => `Taken back at ${time}. Nobody was told.`,
  waitingTitle: 'About to go out',
  proposals: 'Recalls proposed',
  proposalsLead: 'Lots on hold after a failed test, neither recalled nor released yet.',
  proposed: (subject, date) => `Failed for ${subject} on ${date}`,
};
