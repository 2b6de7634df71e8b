// What a shop or a supplier reads when goods leave, in English.
import type { shipment as reference } from '../../zh-CN/trace/shipment.ts';

export const shipment: typeof reference = {
  title: 'Scan out',
  lead: 'Scan goods before they leave: to whom, or sold to customers. A recall then knows where they went.',
  from: 'Leaves from',
  lineName: (row) => `Lot ${row}`,
  oneMore: 'Add a lot',
  way: 'Where to',
  ways: { ship: 'To a business', sell: 'Sold to customers' },
  to: 'Receiver',
  toHint: 'A name or a place code; leave empty when sold to customers',
  submit: 'Scan out',
  warned: 'These lots should not leave:',
  accept: 'They leave all the same, back to the supplier for example',
  done: (count) => `${count} ${count === 1 ? 'lot' : 'lots'} scanned out.`,
  again: (count) => `${count} had been told before and were not counted again.`,
  undo: (minutes) => `Undo (within ${minutes} min)`,
  undone: 'Undone: the goods are still on your books.',
  late: 'Too late to undo: receive the goods when they come back.',
};
