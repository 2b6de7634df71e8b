// Words of the ledger and the health pages, in English.
import type { health as healthReference, ledger as ledgerReference } from '../zh-CN/ledger.ts';

const kinds: Readonly<Record<string, string>> = {
  account: 'Account',
  token: 'Token',
  invitation: 'Invitation',
  organisation: 'Organisation',
  'place-grant': 'Places to speak for',
  district: 'District',
  capture: 'Events',
  flag: 'Flag',
  verdict: 'Verdict',
  order: 'Rectification order',
  recall: 'Recall',
  'recall-planned': 'Recall about to go out',
  'recall-taken-back': 'Recall taken back',
  subscription: 'Subscription',
  camera: 'Camera',
  'pack-set': 'Model packs',
  dataset: 'Judged data set',
  'camera-rules': 'Camera rules',
  threshold: 'Threshold',
};

export const ledger: typeof ledgerReference = {
  title: 'Ledger',
  lead: 'Every registration, verdict and recall is written into a log that only grows; any change to it shows.',
  latest: 'Latest entries',
  entries: (count) => `${count} entries`,
  seq: 'No.',
  at: 'Time',
  kind: 'Kind',
  subject: 'About',
  kinds,
  checkpoint: 'Signed checkpoint',
  checkpointNote: 'Anybody may keep this text and later prove with it that the log was not rewritten.',
  key: 'Key to check it with',
  witnesses: 'Independent witnesses',
  witnessesNote:
    'A witness signs checkpoints with its own key, and only as long as the log grows and nothing in it changes: what it has seen cannot be rewritten by whoever holds this machine alone.',
  noWitness:
    'No witness is set: whoever holds this machine can rewrite all of it without a trace. Run npm run witness on another machine.',
  witnessStates: {
    signed: 'signed',
    silent: 'does not answer',
    refused: 'refuses to sign',
    unasked: 'not asked yet',
  },
  witnessedUpTo: (size, at) => `The first ${size} entries, seen at ${at}`,
  witnessedNothing: 'It has seen no entry yet',
  witnessRefused:
    'The witness says that this log does not go on from what it saw before. Change nothing, run verify now, and call whoever runs the witness.',
};

export const health: typeof healthReference = {
  title: 'Health',
  lead: 'Whether each part works, and which jobs need a hand.',
  queue: 'Job queue',
  waiting: 'Waiting',
  leased: 'Running',
  dead: 'Failed',
  deadTitle: 'Failed jobs',
  deadEmpty: 'No job has failed.',
  retry: 'Try again',
  job: 'Job',
  attempts: 'Tries',
  error: 'Reason',
  ended: 'Time',
  models: 'Model packs',
  version: 'Version',
  frames: 'Frames',
  dropped: 'Dropped under load',
  restarted: 'Worker restarts',
  disk: 'Database size',
  free: 'Room left on the disk',
  full: 'The disk is full: nothing new is saved, and what was saved can still be read. Make room on the disk of the data directory; nothing has to be started again.',
};
