// Words of what is learnt from verdicts, in English: data sets, proposed thresholds, zones.
import type { learning as reference } from '../zh-CN/learning.ts';

type Words = typeof reference;

const dataset: Words['dataset'] = {
  title: 'Judged data sets',
  lead: 'Frames that people have judged, to train and measure packs with. Divided by restaurant: each stands on one side only.',
  form: 'Export',
  kitchens: 'Restaurants',
  kitchensHint: 'None ticked means all.',
  judged: (count) => `${count} decided`,
  from: 'From (optional)',
  to: 'To (optional)',
  faces: 'Faces',
  facesBlurred: 'Blurred (masks cannot be learnt from it)',
  facesAsSeen: 'As seen (for training; delete after use)',
  reason: 'What it is for',
  reasonHint: 'Written into the ledger with your name and the time.',
  ask: 'Start the export',
  nothingYet: 'Nobody has judged a frame yet. Decide some on the review desk, then come back.',
  list: 'Latest exports',
  none: 'None yet.',
  askedAt: 'Asked',
  by: 'By',
  states: { waiting: 'Waiting', running: 'Writing', done: 'Done', failed: 'Refused', gone: 'File removed' },
  progress: (done, total) => `${done} of ${total} pictures`,
  state: 'State',
  contents: 'Contents',
  pictures: ({ train, val }) => `${train} to learn from, ${val} to measure on`,
  ofKitchens: ({ train, val }) => `${train} + ${val} restaurants`,
  leftOut: (count) => `${count} left out`,
  digest: 'Digest',
  download: 'Download',
  keptUntil: (day) => `removed on ${day}`,
  faults: {
    no_frames: 'Nobody has judged a frame of these restaurants in these days. Ask for others.',
    one_kitchen:
      'Only one restaurant has judged frames, and it cannot stand on both sides. Judge frames of a second one.',
    no_pictures: 'One side has no picture left: retention removed them, or all are in doubt. Ask for other days.',
  },
  fieldFaults: {
    from: 'Write a date such as 2026-11-01.',
    to: 'Write a date such as 2026-11-30, not before the first.',
    reason: 'Say in some words what it is for.',
    kitchen: 'Choose restaurants from the list.',
    faces: 'Choose one.',
  },
};

export const learning: Words = { dataset };
