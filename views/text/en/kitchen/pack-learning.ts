// Words of the page on which the packs learn from verdicts, in English.
import type { learning as reference } from '../../zh-CN/kitchen/pack-learning.ts';

export const learning = {
  title: 'Learning from verdicts',
  lead: 'The models are tuned to one kitchen’s verdicts, on this machine and behind everything else it does. What comes of it is a candidate: it runs in shadow first, and you decide.',
  open: 'Learn from verdicts',
  kitchens: 'Kitchens to learn from',
  need: (verdicts, each) =>
    `It takes ${verdicts} verdicts or more, with at least ${each} violations and ${each} that were none. Frames of the audit are never learnt from.`,
  noKitchens: 'No flag has been decided yet. Judge some at the desk first.',
  verdicts: (confirmed, cleared) => `${confirmed} violations, ${cleared} that were none`,
  begin: 'Start learning',
  heldOut: 'Held out: data sets measure packs on it, so nothing is learnt from it.',
  tooFew: 'Not enough verdicts yet.',
  runs: 'What was learnt',
  end: 'End it',
  states: { waiting: 'Waiting', running: 'Learning', done: 'Learnt', failed: 'Nothing learnt', cancelled: 'Ended' },
  stages: { embedding: 'Looking at pictures', fitting: 'Fitting', measuring: 'Measuring' },
  faults: {
    too_few:
      'Too few verdicts on boxes: the earlier frames must be enough to learn from, the later ones to measure on. Judge more and try again.',
    no_better: 'What was learnt agrees with people no more than the model in use. Nothing changes.',
    no_layer: 'No model in use ends in a layer that can be tuned alone.',
    held_out: 'This kitchen is held out: packs are measured on it, and nothing is learnt from it. Choose another one.',
    asker_gone: 'Whoever started it may not manage models any more. Let an administrator start again.',
    refused: 'What was learnt did not pass the checks of a model pack, and was not kept.',
    broken: 'The process that learns ended three times. See the system’s log, then try again.',
  },
  decide: (id) => `Compare set ${id}, then use it or drop it`,
  learntFrom: (pack, boxes) => `${pack}: learnt from ${boxes} judged boxes.`,
  threshold: (from, to) => (from === to ? `The threshold stays ${from}.` : `Threshold ${from} becomes ${to}.`),
  later: 'This kitchen’s later frames, which it did not learn from',
  elsewhere: 'Judged frames of other kitchens',
  noBoxes: 'No judged boxes, so nothing can be measured.',
  gain: (points, interval) => `Agreement with people changes by ${points} points (95% interval ${interval}).`,
  counts: (boxes, before, after, gone, lost) =>
    `${boxes} boxes: right on ${before} before, on ${after} after; ${gone} false alarms gone, ${lost} true ones lost.`,
} satisfies typeof reference;
