// What inspectors and suppliers read when they enter a laboratory test, and what a failed one proposes, in English.
import type { labTest as reference } from '../../zh-CN/trace/lab-test.ts';

export const labTest: typeof reference = {
  title: 'Enter a laboratory test',
  add: 'Enter a test',
  none: 'No test has been entered.',
  subject: 'Tested for',
  subjectHint: 'For example clenbuterol, salmonella, chlorpyrifos residues',
  result: 'Result',
  resultHint: 'A failed test puts the lot on hold at once and proposes its recall to the inspectors.',
  choose: 'Choose',
  detail: 'Value found and its limit (optional)',
  detailHint: 'For example 0.8 μg/kg found, none allowed',
  laboratory: 'Laboratory (optional)',
  testedAt: 'Day of the test',
  report: 'Report (optional)',
  reportHint: 'A PDF, or a photo of the paper (JPEG, PNG, WebP)',
  save: 'Record it',
  back: 'Back to the lot',
  saved: 'The test is recorded.',
  savedHeld: 'The test is recorded. It failed: the lot is on hold, and its recall is proposed to the inspectors.',
  seeReport: 'Report',
  proposed: 'A test failed, and the lot is neither recalled nor released.',
  propose: 'Write the recall',
  reason: (subject, parts) => `Failed its test for ${subject}${parts.length === 0 ? '' : ` (${parts.join('; ')})`}`,
};
