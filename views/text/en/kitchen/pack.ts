// Words of the pages about model packs and their comparison, in English.
import type { packs as reference } from '../../zh-CN/kitchen/pack.ts';
import { learning } from './pack-learning.ts';

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

const registry = {
  title: 'Model packs',
  lead: 'A new model first runs in shadow beside the one in use. With evidence it takes over; one press brings the old one back.',
  set: (id: number) => `Set ${id}`,
  states: { candidate: 'Candidate', shadow: 'In shadow', active: 'In use', retired: 'Retired' },
  sources: { shipped: 'Came with the program', candidate: 'Uploaded' },
  activeTitle: 'In use',
  activeSince: (time: string) => `since ${time}`,
  packCount: (count: number) => plural(count, 'model'),
  pack: 'Model',
  version: 'Version',
  size: 'Size',
  compareBefore: 'Compare with the one before',
  rollBack: (id: number) => `Go back to set ${id}`,
  fellBack: 'The last set put in use could not be opened. The one before took over by itself; no frame was missed.',
  shadowTitle: 'Shadow run',
  shadowEmpty: 'No candidate runs in shadow',
  shadowEmptyNext:
    'Choose one of the candidates below and press “Run in shadow”. With none there, upload one, or change a threshold and try that.',
  shadowLead:
    'The candidate sees the same frames as the set in use. What it says is compared and nothing else: no reviewer sees it, no kitchen is judged by it.',
  shadowSince: (time: string, percent: string) => `Since ${time}, on ${percent}% of live frames.`,
  liveLooked: 'Live frames seen',
  leftOut: 'Left out',
  leftOutHint: 'when the machine was busy with real frames',
  failed: 'Failed',
  judgedLooked: 'Judged pictures seen',
  ofJudged: (looked: number, judged: number) => `${looked} of ${judged}`,
  seeComparison: 'See the comparison',
  endShadow: 'End the shadow run',
  candidates: 'Candidates and history',
  none: 'No candidates yet.',
  note: 'Note',
  added: 'Added',
  state: 'State',
  actions: 'Actions',
  startShadow: 'Run in shadow',
  share: 'Share of live frames (%)',
  retire: 'Set aside',
  faultLine: (fault: string) => `Could not be opened: ${fault}`,
  addTitle: 'Add a candidate',
  addLead:
    'Upload <name>.onnx and <name>.json, or a zip of them, up to 32 MB; larger ones with the command pack add. Models you leave out are taken from the set in use.',
  files: 'Files',
  noteHint: 'Optional, such as “trained on the third batch of verdicts”.',
  alone: 'These models alone, none of the others',
  add: 'Check and add',
  checked: 'Every file is checked and tried in a process of its own first; one fault and the whole set is refused.',
  thresholdTitle: 'Try other thresholds',
  thresholdLead:
    'The same models, counting from another score. It becomes a candidate and has to run in shadow like any.',
  tryThresholds: 'Add as a candidate',
  history: 'What happened',
  steps: {
    added: 'Added',
    shadow_started: 'Shadow run started',
    shadow_ended: 'Shadow run ended',
    promoted: 'Put in use',
    rolled_back: 'Gone back to',
    retired: 'Set aside',
    fell_back: 'Fallen back to',
  },
  byProgram: 'the program or the command line',
  shareLine: (percent: string) => `${percent}% of live frames`,
};

const comparison = {
  compareTitle: (fresh: number, old: number) => `Set ${fresh} against set ${old}`,
  old: 'In use',
  new: 'Candidate',
  oldMark: 'U',
  newMark: 'C',
  noOther: 'There is no other set to compare with',
  noOtherNext: 'This set is in use and replaced none. Run a candidate in shadow from the page of model packs.',
  notYet: 'Nothing to compare yet',
  notYetNext:
    'Press “Run in shadow”: the candidate looks at the judged pictures and at a share of live frames, and what it says appears here.',
  working: (looked: number, judged: number) => `Looking at judged pictures: ${looked} of ${judged}`,
  doneLooking: (judged: number) => `All ${judged} judged pictures have been looked at`,
  noneJudged:
    'No picture has been judged yet. Precision and recall appear here once reviewers have judged a few dozen.',
  failedLooks: (count: number) => `${count} could not be read and do not count`,
  standings: {
    too_thin: 'Too little evidence',
    no_difference: 'No difference to be seen',
    new_better: 'The candidate is better',
    old_better: 'The set in use is better',
  },
  standingText: {
    too_thin: (disagree: number) =>
      `The two disagree in only ${plural(disagree, 'place')} (6 are needed): nothing can be said yet.`,
    no_difference: (better: number, worse: number) =>
      `Where they disagree the candidate is right ${better} times and wrong ${worse} times; that may be chance.`,
    new_better: (better: number, worse: number) =>
      `Where they disagree the candidate is right ${better} times and wrong ${worse} times.`,
    old_better: (better: number, worse: number) =>
      `Where they disagree the candidate is right only ${better} times and wrong ${worse} times.`,
  },
  chance: (p: string) => `chance p ${p} (sign test)`,
  whatDiffers: 'What differs',
  samePacks: 'Models and thresholds are the same.',
  threshold: 'Threshold',
  off: 'off',
  judgedTitle: 'On judged pictures',
  judgedLead: 'By people’s final verdicts, 95% Wilson intervals in brackets; doubtful ones do not count.',
  selection:
    'Most judged pictures were flagged by the set in use, so its recall flatters it. What audits found missing is the fair test.',
  violation: 'Violation',
  judged: 'Judged',
  judgedCounts: (present: number, absent: number) => `${present} there, ${absent} not`,
  precision: 'Precision',
  recall: 'Recall',
  onlyOne: 'Only one is right',
  onlyOneText: (newRight: number, oldRight: number) => `candidate ${newRight}, in use ${oldRight}`,
  conclusion: 'Conclusion',
  all: 'All',
  ofCount: (hits: number, of: number) => `${hits}/${of}`,
  thin: (of: number) => `only ${of}`,
  auditLine: (found: number, of: number) =>
    `Audits found ${plural(of, 'violation')} that the set in use had missed; the candidate sees ${found} of them.`,
  elsewhereLine: (old: number, fresh: number) =>
    `Pointing at a place nobody judged: in use ${plural(old, 'picture')}, candidate ${plural(fresh, 'picture')}; neither right nor wrong.`,
  curveTitle: 'Precision and recall',
  curveLead:
    'Every point is a threshold; the filled one is the present. Below the threshold in use only audits were judged, so take that part as a hint.',
  curveLabel: (violation: string) => `${violation}: precision and recall of both sets at every threshold`,
  curveNone: 'No picture shows it for certain, so there is no curve.',
  asTable: 'Show the numbers',
  loadTitle: 'Work for reviewers',
  loadLead:
    'How many flags each would raise on the same live frames by the same rule of frames. None of the candidate’s was sent to anyone.',
  flagsPerThousand: 'Flags per 1,000 frames',
  secondsPerThousand: 'Human seconds per 1,000 frames',
  seconds: 's',
  flagsUnit: '',
  shadowFrames: 'Frames seen in shadow',
  leftOutOf: (leftOut: number, failed: number) => `${leftOut} left out, ${failed} failed`,
  noPace: 'nobody has judged yet',
  paceUsed: (seconds: string) => `at ${seconds} s a decision`,
  noLive: 'The shadow has not seen a live frame yet.',
  fewLive: (frames: number) => `Only ${plural(frames, 'frame')} so far; these numbers will move.`,
  hits: 'Frames flagged',
  ofFrames: (frames: number) => `of ${plural(frames, 'frame')}`,
  costTitle: 'Time',
  costLead: (pictures: number) =>
    `Median over ${plural(pictures, 'judged picture')}, one set after the other in the same process.`,
  stages: {
    decode: 'Decode',
    check: 'Camera check',
    tensor: 'Tensor',
    model: 'Model',
    decodeBoxes: 'Boxes',
    total: 'Sum',
  },
  stage: 'Stage, ms',
  noCost: 'Nothing has been timed yet.',
  calibrationTitle: 'Do scores mean what they say',
  calibrationLead:
    'Of pictures with about the same score, the share that people found to be there. The closer to the score, the better.',
  scoreBin: 'Score',
  meanScore: 'Mean score',
  actually: 'Really there',
  noCalibration: 'Not enough verdicts yet.',
  kitchensTitle: 'By kitchen',
  kitchen: 'Kitchen',
};

const disagreement = {
  disagreementTitle: 'Where they disagree',
  disagreementLead: 'The same picture: one set flags it, the other does not.',
  count: (count: number) => plural(count, 'place'),
  by: { old: 'In use flags it, candidate not', new: 'Candidate flags it, in use not' },
  bySide: 'Flagged by',
  said: {
    present: 'Judged: there',
    absent: 'Judged: not there',
    unsure: 'Judged: not sure',
    none: 'Nobody judged this yet',
  },
  saidFilter: 'People say',
  anyOf: 'Any',
  filter: 'Filter',
  noneDiffer: 'There is no picture they disagree on.',
  noneFilter: 'No picture fits the filter.',
  cut: (shown: number, all: number) => `${all} in all, the first ${shown} are shown; the filter shows the others.`,
  open: 'Enlarge',
  oneByOne: 'See them one by one',
  oneTitle: (violation: string, by: string) => `${violation}: ${by}`,
  sameHappening: (frames: number) => `${frames} frames of the same happening`,
  gone: 'The picture was removed when its days were over',
  score: (score: string, threshold: string) => `${score} (counts from ${threshold})`,
  notSeen: 'not seen',
  oldSays: 'In use',
  newSays: 'Candidate',
  where: 'Place',
  when: 'Time',
  fromLive: 'live frame of the shadow run',
  fromJudged: 'judged picture',
  position: (number: number, of: number) => `${number} of ${of}`,
  previous: 'Previous',
  next: 'Next',
  backToList: 'Back to the comparison',
  showOld: 'Boxes of the set in use',
  showNew: 'Boxes of the candidate',
  keysLine: '← → change the picture, 1 and 2 show or hide each set’s boxes, Esc goes back.',
  blurredNote: 'Faces are blurred; enlarged it is the original, as at the review desk.',
  boxesOf: (violation: string) => `${violation}: solid line in use, dashed line candidate`,
};

const promotion = {
  promote: 'Put this set in use',
  promoteTitle: (id: number) => `Put set ${id} in use?`,
  promoteLead:
    'From then on it judges every new frame; frames on their way are finished by the set in use now. One press brings it back.',
  reason: 'Reason',
  reasonNeeded: 'Say why, in 4 to 500 characters.',
  reasonHint: 'Written to the ledger with your name and the time.',
  confirm: 'Put in use',
  thinWarning: 'There is not enough evidence: the numbers below say what is missing.',
  worseWarning: 'On judged pictures the set in use is better.',
  seeAll: 'See the whole comparison',
  promoted: (id: number) => `Set ${id} is in use`,
  rolledBack: (id: number) => `Back to set ${id}`,
  addedToast: (id: number) => `Set ${id} passed every check and is a candidate now`,
  elsewhere: 'Frames of this server are judged on other machines: give those machines the new models and restart them.',
};

/** The same words where the set in use is held against the one it replaced. */
const lookingBack = {
  old: 'Before',
  new: 'In use',
  oldMark: 'B',
  newMark: 'U',
  standings: {
    ...comparison.standings,
    new_better: 'The set in use is better',
    old_better: 'The one before was better',
  },
  standingText: {
    too_thin: comparison.standingText.too_thin,
    no_difference: (better: number, worse: number) =>
      `Where they disagree the set in use is right ${better} times and wrong ${worse} times; that may be chance.`,
    new_better: (better: number, worse: number) =>
      `Where they disagree the set in use is right ${better} times and wrong ${worse} times.`,
    old_better: (better: number, worse: number) =>
      `Where they disagree the set in use is right only ${better} times and wrong ${worse} times.`,
  },
  onlyOneText: (newRight: number, oldRight: number) => `in use ${newRight}, before ${oldRight}`,
  auditLine: (found: number, of: number) =>
    `Audits found ${plural(of, 'violation')} that had been missed; the set in use sees ${found} of them.`,
  elsewhereLine: (old: number, fresh: number) =>
    `Pointing at a place nobody judged: before ${plural(old, 'picture')}, in use ${plural(fresh, 'picture')}; neither right nor wrong.`,
  by: { old: 'The one before flags it, in use not', new: 'In use flags it, the one before not' },
  oldSays: 'Before',
  newSays: 'In use',
  showOld: 'Boxes of the set before',
  showNew: 'Boxes of the set in use',
  boxesOf: (violation: string) => `${violation}: solid line before, dashed line in use`,
};

export const packs = {
  ...registry,
  ...comparison,
  ...disagreement,
  ...promotion,
  lookingBack,
  learning,
} satisfies typeof reference;
