// What people read when a code can be read in more than one way, or names something else than a lot, in English.
import type { scan as reference } from '../../zh-CN/trace/scan.ts';

export const scan: typeof reference = {
  unsureTitle: 'This code can be read in more than one way: choose one',
  unsureLead:
    'The scanner sent no separator after the batch, or capitals differ. Choose the batch that is printed on the pack.',
  registered: 'registered',
  unregistered: 'not registered',
  batch: (batch: string) => `Batch ${batch}`,
  expires: (day: string) => `use by ${day}`,
  produced: (day: string) => `made on ${day}`,
  isPlace: (name: string) => `This is the code of a place: ${name}`,
  isProduct: (name: string) => `This is the code of a product: ${name}`,
  isContainer: (sscc: string) => `This is the code of a box: SSCC ${sscc}`,
  isCalled: (name) => `Place: ${name}`,
  lastAt: 'Lots that were here last',
  sizeHint: 'Let the code fill a third of the picture and hold still; a tone and a shake say that it was read.',
  torch: 'Torch',
  openPlace: 'Open the place',
  openProduct: 'Open the product',
  openContainer: 'Open the box',
  inContainer: 'Lots that were in it:',
  warnings: {
    recalled: (batch: string, _day: string, _other: string) =>
      `${batch} is being recalled: do not take it, return it to who delivered it.`,
    held: (batch: string, _day: string, _other: string) => `${batch} is held: do not use it yet.`,
    expired: (batch: string, day: string, _other: string) =>
      `${batch} is past its date (use by ${day}): do not take it.`,
    expiry_differs: (batch: string, day: string, other: string) =>
      `The label of ${batch} says use by ${day}, the register says ${other}: ask before you take it; the register stays.`,
    own_code: (batch: string, _day: string, _other: string) =>
      `Batch ${batch} does not follow GS1’s rules: it gets a code of its own here.`,
  },
  leaving: {
    recalled: (batch: string, _day: string, _other: string) =>
      `${batch} is being recalled: it may only go back to the supplier.`,
    held: (batch: string, _day: string, _other: string) => `${batch} is held: do not send it out yet.`,
    expired: (batch: string, day: string, _other: string) =>
      `${batch} is past its date (use by ${day}): do not send or sell it.`,
  },
  takeAnyway: 'I have seen this and record it all the same (set it apart, do not use it)',
  takeAnywayFirst: 'Read the warning above and tick the box, then send again.',
};
