// Words of the desk and the pace of review, in English.
import { counted, type Words } from './span.ts';

export const desk = {
  flagStatuses: { open: 'Suspected', unsure: 'Unsure', confirmed: 'Confirmed', cleared: 'Cleared' },
  decisions: { confirmed: 'Confirm', cleared: 'Clear', unsure: 'Unsure' },
  experimental: 'Experimental',
  frameAlt: (where: string, violation: string) =>
    `Frame from ${where}; what may be “${violation}” is marked with a box`,
  enlarged: (times: string) => `${times}× enlarged`,
  beforeAfter: 'Before and after',
  framesKept: (count: number) => counted(count, 'frame'),
  rule: 'Rule',
  zone: 'Zone',
  zoneText: (zone: string, aroundTheClock: boolean) =>
    `${zone}, ${aroundTheClock ? 'around the clock' : 'opening hours'}`,
  thirtyDays: '30 days',
  historyText: (flagged: number, confirmed: number, last: string | undefined) =>
    `${counted(flagged, 'flag')}, ${confirmed} confirmed${last === undefined ? '' : `; last on ${last}`}`,
  wrongKind: 'Wrong kind? Change to',
  whichKinds: 'Which of these does it show? Any number',
  nothingThere: 'None',
  theseThere: 'These',
  chooseKinds: 'Choose what the frame shows, then press “These”; if there is nothing, press “None”.',
  question: (violation: string) => `${violation}: is it so?`,
  lastVerdict: (decision: string, restaurant: string, place: string) => `Last: ${decision}, ${restaurant}, ${place}`,
  nothingToUndo: 'Nothing to undo yet',
  nextLoaded: (count: number) => (count === 1 ? 'Next one, already loaded' : `Next ${count}, already loaded`),
  clearGroup: (count: number) => `Clear with ${count} alike (recorded as not looked at)`,
  noNext: 'This is the last one for now',
  suspected: (violation: string) => `Suspected: ${violation}`,
  allDone: 'All reviewed',
  nothingUnsure: 'Nothing is in doubt',
  comesByItself: 'New frames appear by themselves; no need to reload.',
  seePace: 'See my pace',
  tooLate: 'Somebody else has dealt with the last one, or it can no longer be undone. Nothing was recorded twice.',
  keys: {
    title: 'All keys',
    space: 'Space',
    unsure: 'Unsure: to a second reviewer',
    undo: 'Undo, as many steps as you like',
    kind: 'Correct the kind; of a whole frame, any number',
    help: 'Open or close this list',
    oneHand: 'Four keys under the left hand, no chords; the next frame comes by itself.',
  },
} satisfies Partial<Words>;

export const pace = {
  paceTitle: 'Time per decision',
  published: (seconds: number) => `published: ${seconds} s`,
  medianSeconds: 's, median',
  secondsShort: (seconds: number) => `${seconds} s`,
  waiting: 'Waiting',
  doneToday: 'Today',
  agreement: 'Agreement κ',
  paceChart: (count: number, median: string | undefined, published: number) =>
    median === undefined
      ? `No times yet; the published figure is ${published} seconds.`
      : `The last ${count} decisions: median ${median} seconds; the published figure is ${published} seconds.`,
  paceLead: 'From the picture being visible to the key; more than 30 s away is left out.',
  houseTitle: 'Everyone',
  lastDays: (days: number) => `last ${days} days`,
  perDecision: 'Per decision',
  perThousand: 'Per 1,000 frames',
  secondsUnit: 's',
  perThousandUnit: (published: number) => `of a person’s time; published: ${published} s`,
  decisionsMade: 'Decisions',
  ofThemIdle: (idle: number, unseen: number) => `${idle} idle, ${unseen} cleared in groups`,
  pairsJudged: (pairs: number) => counted(pairs, 'blind pair'),
  framesLooked: 'Frames looked at',
  flaggedAudited: (flagged: number, audited: number) => `${flagged} flagged, ${audited} audited`,
  violation: 'Violation',
  perThousandHow:
    'Per 1,000 frames = time of all decisions (second and third looks and audits among them) ÷ frames looked at × 1,000; a decision without a time counts as the mean.',
} satisfies Partial<Words>;
