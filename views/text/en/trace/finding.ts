// What findings say, with their numbers, and the page that lists them, in English.
import type { findingTexts as reference } from '../../zh-CN/trace/finding.ts';

export const findingTexts: typeof reference = {
  title: 'Findings',
  myTitle: 'Findings about this place',
  lead: 'Books that do not add up, goods on the way too long, near or past their use-by date, a broken cold chain: found from the events and by the clock, and gone once put right.',
  myLead: 'Each goes away by itself once the goods are used, sent back or destroyed, and that is recorded.',
  all: 'All',
  emptyTitle: 'No findings',
  emptyLead: 'Shipped and received agree; nothing is near or past its date, or on the way too long.',
  kind: 'Finding',
  what: 'What it says',
  lot: 'Lot',
  place: 'Place',
  since: 'Since',
  rules: 'What counts as a finding',
  rulesLead:
    'One rule for everything; a product may have its own. A change is written into the ledger and looked at again at once.',
  product: 'Product (GTIN or own code)',
  productHint: 'left empty: every product',
  lossPercent: 'Loss allowed in processing (%)',
  transitHours: 'Time allowed on the way (hours)',
  nearDays: 'Warn before the date (days, within the last quarter of its life)',
  sameAsAll: 'as everything',
  everything: 'Every product',
  save: 'Save the rule',
  saved: 'Saved, and looked at again.',
  said: {
    negative: (received, left, lowest) => `${received} came in, ${left} went out, ${lowest} short at worst`,
    lessReceived: (difference) => `${difference} less received than shipped, lost on the way; what was received counts`,
    moreReceived: (difference) => `${difference} more received than shipped; what was received counts`,
    noReceipt: (amount) => `${amount} shipped here and never scanned in`,
    noShipment: (amount) => `${amount} received without a shipment`,
    gain: (amountIn, amountOut) => `${amountIn} in, ${amountOut} out`,
    loss: (amountIn, amountOut, lost, allowed) =>
      `${amountIn} in, ${amountOut} out: ${lost}% lost (${allowed}% allowed)`,
    transit: (amount) => `${amount} left here and was received by nobody`,
    unit: (unit) =>
      `nothing converts the unit "${unit}", so amounts cannot be checked; say on the product's page what one weighs`,
    early: (hours, times) =>
      times === 1
        ? `received ${hours} h before it was sent; check the clocks and their zone`
        : `${times} times received before it was sent, ${hours} h the last time; check the clocks and their zone`,
    recount: (books, found) => `the books said ${books}, the stock taking found ${found}`,
    uncoded: (code) => `goods without a batch: ${code}`,
    excursion: (times, minutes, worst) =>
      `${times === 1 ? 'once' : `${times} times`}, ${minutes} min in all, ${worst}\u00a0°C at worst`,
    expiring: (amount, date) => `${amount} left, use by ${date}`,
    expired: (amount, date) => `${amount} left, use-by date was ${date}`,
    expiredReceived: (amount, date) => `${amount} received after its use-by date, ${date}`,
    foreign: (step) => `somebody else reported "${step}" here; it does not count until it is confirmed`,
    dayMissed: (days, weeks, months) =>
      [
        days > 0 ? `${days === 1 ? '1 day' : `${days} days`} without its check` : '',
        weeks > 0 ? `${weeks === 1 ? '1 weekly report' : `${weeks} weekly reports`} unsigned` : '',
        months > 0 ? `${months === 1 ? '1 monthly note' : `${months} monthly notes`} unsigned` : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
    tradeMismatch: (order, first, a, second, b) => `Order ${order}: ${first} ¥${a}, ${second} ¥${b}; compare them`,
    tradeSides: { goods: 'goods received', invoice: 'invoiced', payment: 'paid' },
    unregisteredSource: (name) => `Bought from “${name}”, who is not registered: check their licence and register them`,
    expiredServed: (amount, date) => `${amount} used or sold after its use-by date, ${date}`,
  },
};
