// Where a lot and a kitchen meet, in English.
import type { join as reference } from '../../zh-CN/oversight/join.ts';

export const join: typeof reference = {
  title: 'Kitchens concerned',
  lead: (count) =>
    count === 0
      ? 'No kitchen received this lot or anything made of it.'
      : `${count === 1 ? 'One kitchen' : `${count} kitchens`} received this lot or something made of it.`,
  causes: { recall: 'recall', hold: 'hold', test: 'failed test' },
  noLooks:
    'No reviewer has been asked to look at kitchens because of this lot. A recall, a hold or a failed test asks by itself.',
  looked: (cause, kitchens, flags) =>
    `Because of a ${cause}: ${kitchens === 1 ? 'one kitchen' : `${kitchens} kitchens`} looked at, ${flags === 1 ? 'one frame' : `${flags} frames`} put before a reviewer`,
  stillThere: 'there still (as far as is written)',
  itself: 'this lot',
  otherDistrict: 'Outside your district; its frames are looked at there.',
  judged: (open, confirmed, cleared) =>
    `Frames of those hours: ${open} to review, ${confirmed} confirmed, ${cleared} cleared`,
  noFrames: 'No frames of those hours are kept.',
  framesKept: (shown, total) =>
    shown === total ? `${total} frames kept` : `${total} frames kept; ${shown} of them, evenly over the time`,
  frameAlt: (where) => `Kitchen frame: ${where}`,
  flagTitle: 'Lots in the kitchen at that hour',
  flagLead:
    'Worked out from what was written of receipts, use and shipping. Where nobody wrote that a lot was used up, it counts as there until its date, or 30 days.',
  noLots: 'No lots on record',
  noLotsLead: 'Nothing was registered as being in this kitchen then.',
  presentLots: 'Lots that were there',
  came: 'Came',
  left: 'Used or left',
  howKnown: 'Known from',
  presence: { written: 'the books: some was left', assumed: 'taken to be there' },
  lotsThen: 'Lots then',
  kitchensLink: 'Kitchens and frames',
  why: 'Why it is before you',
  because: (cause, lot) => `Because of a ${cause}: ${lot}. These goods were in this kitchen then.`,
  holds: {
    title: 'Goods that are being recalled are here.',
    forDiners: 'Open the lot to see what to do.',
    forOffice: 'Open to see lot, kitchens and frames.',
    since: (day) => `came ${day}`,
    sealed: 'set aside, says the shop',
    notSealed: 'the shop has not yet said that it is set aside',
  },
};
