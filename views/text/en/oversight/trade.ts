// A buyer's suppliers: how complete their data are, and asking for the rest, in English.
import type { trade as reference } from '../../zh-CN/oversight/trade.ts';

export const trade: typeof reference = {
  title: 'Suppliers’ data',
  lead: 'What is missing of the goods received in the last 90 days; one press asks the supplier for it.',
  empty: 'Nothing was received in the last 90 days',
  emptyLead: 'Once goods are received, this says for each supplier and product how complete their data are.',
  supplier: 'Supplier',
  phone: 'Phone',
  unnamed: 'Nobody named',
  product: 'Product',
  lots: 'Lots',
  share: 'Complete',
  missing: 'Missing (lots)',
  whole: 'Nothing',
  act: 'Act',
  ask: 'Ask the supplier',
  asked: 'The supplier was told.',
  nobody: 'This supplier has no account and cannot be told here: call them, and ask them to register.',
  keyData: {
    quantity: 'amount',
    batch: 'batch',
    origin: 'origin',
    producedAt: 'production date',
    expiresAt: 'use-by date',
    certificate: 'certificate',
  },
  askTitle: (product) => `Details of “${product}” are wanted`,
  askBody: (buyer, product, what) =>
    `${buyer} received “${product}” without: ${what}. Please add it on the page of the lot, and send it along with the next delivery.`,
};
