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
  openPlace: 'Open the place',
  openProduct: 'Open the product',
  openContainer: 'Open the box',
  inContainer: 'Lots that were in it:',
};
