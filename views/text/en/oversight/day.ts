// The shop's legal day: the daily list, the weekly report, the monthly note, and a school's page for parents, in English.
import type { day as reference } from '../../zh-CN/oversight/day.ts';

type Values = Readonly<Record<string, number>>;
const of = (values: Values, name: string) => values[name] ?? 0;
const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

export const day: typeof reference = {
  title: 'My day',
  lead: 'What the system knows is ticked, with its proof; the food-safety officer confirms the rest.',
  choose: 'Choose a shop',
  noShop: 'Your account has no shop yet.',
  today: (date) => `List of ${date}`,
  shop: 'Shop',
  items: {
    recalls: 'Recalls',
    expiry: 'Use-by dates',
    morning: 'Morning check',
    samples: 'Samples kept',
    receipts: 'Receipts and certificates',
    temperature: 'Temperatures',
    health: 'Health certificates',
    orders: 'Flags and orders',
    cameras: 'Cameras',
    licence: 'Licence',
    disinfection: 'Disinfection',
    oil: 'Waste and waste oil',
  },
  questions: {
    recalls: 'Is there a recall to act on?',
    expiry: 'Is anything past its date?',
    morning: 'Is everybody fit for work (no fever, no diarrhoea, no wounds on the hands)?',
    samples: 'Was a sample of each dish kept (125 g or more, chilled for 48 hours)?',
    receipts: 'Were the papers of all deliveries checked?',
    temperature: 'Are the cold stores at their temperature?',
    health: 'Has everybody at work a valid health certificate?',
    orders: 'Is anything still to be put right?',
    cameras: 'Do the kitchen’s cameras work?',
    licence: 'Is the licence still valid?',
    disinfection: 'Was the tableware washed and disinfected?',
    oil: 'Were waste and waste oil collected as the rules say?',
  },
  facts: {
    recalls: (v) =>
      of(v, 'unanswered') > 0 ? `${many(of(v, 'unanswered'), 'recall', 'recalls')} unanswered` : 'No recall waits',
    expiry: (v) =>
      of(v, 'expired') > 0
        ? `${many(of(v, 'expired'), 'lot', 'lots')} past the date`
        : of(v, 'lots') > 0
          ? `No lot past its date, ${of(v, 'expiring')} near it`
          : 'No lots of this shop are known',
    morning: (v) =>
      of(v, 'staff') === 0
        ? ''
        : `${of(v, 'staff')} people: ${of(v, 'well')} well, ${of(v, 'away')} away, ${of(v, 'unwell')} unwell`,
    samples: (v) =>
      of(v, 'dishes') === 0
        ? 'No dishes were registered in the last 48 hours'
        : `${many(of(v, 'dishes'), 'dish', 'dishes')}, ${of(v, 'missing')} without a sample, ${of(v, 'early')} thrown away early`,
    receipts: (v) =>
      of(v, 'received') === 0
        ? 'No delivery was scanned'
        : `${many(of(v, 'received'), 'lot', 'lots')} received, ${of(v, 'bare')} without a certificate`,
    temperature: (v) =>
      of(v, 'breaches') > 0
        ? `${many(of(v, 'breaches'), 'breach', 'breaches')} of the cold chain`
        : of(v, 'readings') > 0
          ? `${many(of(v, 'readings'), 'reading', 'readings')}, none outside its range`
          : 'No temperature was read',
    health: (v) =>
      of(v, 'staff') === 0
        ? 'No staff are registered'
        : `${many(of(v, 'staff'), 'person', 'people')}, ${of(v, 'expired')} expired, ${of(v, 'near')} within 30 days`,
    orders: (v) =>
      of(v, 'open') > 0
        ? `${many(of(v, 'open'), 'order', 'orders')} open, ${of(v, 'overdue')} overdue`
        : 'Nothing to put right',
    cameras: (v) =>
      of(v, 'cameras') === 0
        ? 'No cameras'
        : of(v, 'down') > 0
          ? `${of(v, 'down')} of ${many(of(v, 'cameras'), 'camera', 'cameras')} offline or faulty`
          : `${many(of(v, 'cameras'), 'camera', 'cameras')}, all working`,
    licence: (v) =>
      of(v, 'known') === 0
        ? 'Its last day is not registered'
        : of(v, 'expired') > 0
          ? 'The licence has expired'
          : `${many(of(v, 'days'), 'day', 'days')} left`,
    disinfection: (_v) => '',
    oil: (_v) => '',
  },
  states: { proved: 'Proved', problem: 'Problem', asked: 'To confirm', unknown: 'Not known' },
  answers: { proved: 'By the data', confirmed: 'By a person', exception: 'Exception', unknown: 'Not known' },
  mornings: { well: 'Well', away: 'Away', unwell: 'Unwell' },
  certificateUntil: (date) => `Certificate until ${date}`,
  proof: 'Proof',
  ok: 'In order',
  exception: 'Exception',
  notKnown: 'Not known',
  what: 'What is it, and what is done',
  whatHint: 'such as: taken off the shelf and sealed, going back today',
  all: 'All the rest is in order: finish today’s list',
  allHint: 'The morning check and the like are answered one by one, the rest at once.',
  closed: 'Closed today',
  done: (when, by) => `Done by ${by}, ${when}`,
  closedDone: (when, by) => `Closed today, said by ${by}, ${when}`,
  notOfficer: (name) => `The food-safety officer, ${name}, does today’s list.`,
  noOfficer: 'Nobody is named as food-safety officer of this shop: name one first.',
  addTitle: 'Add an exception',
  add: 'Add',
  item: 'Item',
  reports: 'Weekly and monthly',
  week: (from, until) => `Week ${from} to ${until}`,
  month: (month) => `Month ${month}`,
  signed: 'Signed',
  unsigned: 'Not signed',
  notOver: 'Not over',
  missedDays: (count) => `${many(count, 'day', 'days')} missed`,
  noGaps: 'Nothing missed',
  settings: 'People and settings',
  mealsLink: 'Meals and samples',
  faults: {
    unanswered: 'Choose one.',
    unlooked: 'Say it of each person.',
    no_words: 'Say what it is and what is done.',
    not_of_shop: 'Choose somebody who belongs to this shop.',
    small_sample: 'A sample has at least 125 g.',
    unknown_lot: 'This lot never was at this shop.',
    too_small: 'Fill this in.',
    invalid_format: 'Write the day as 2026-11-30.',
    invalid_type: 'Fill this in.',
    invalid_value: 'Choose one.',
  },
  report: {
    title: { week: 'Weekly food-safety report', month: 'Monthly food-safety note' },
    lead: 'Written by the system from the daily lists; once signed it does not change.',
    period: 'Period',
    days: 'Daily lists',
    dayStates: { done: 'Done', closed: 'Closed', missed: 'Missed' },
    noDays: 'Nobody was named as food-safety officer in this period.',
    answers: 'Items checked',
    exceptions: 'Exceptions and what was done',
    noExceptions: 'None.',
    unknown: 'What was not found out',
    times: (count) => many(count, 'time', 'times'),
    figures: 'Figures',
    figureNames: {
      receipts: 'Lots received',
      bare: 'without a certificate',
      breaches: 'Cold-chain breaches',
      orders: 'Rectification orders',
      closed: 'closed',
      overdue: 'overdue',
      recalls: 'Recall notices',
      dishes: 'Dishes',
      samples: 'with a sample',
    },
    weeks: 'Weekly reports',
    sign: 'Sign',
    signHint: 'Signed, it is kept under its hash, and an entry stands in the ledger.',
    signedBy: (office, name, when) => `Signed by ${name} (${office}), ${when}`,
    hash: 'Hash of the content (SHA-256)',
    mustSign: (office, name) => `${name} (${office}) signs it.`,
    nobody: (office) => `Nobody is named as ${office} of this shop: name one first.`,
    early: (until) => `It can be signed when ${until} is over.`,
    print: 'Print',
    signature: 'Signature:',
  },
  offices: { officer: 'food-safety officer', director: 'food-safety director', head: 'responsible person' },
  officesTitle: 'Who answers for it',
  officesLead:
    'The officer does each day, the director signs each week (the officer where there is none), the responsible person signs each month.',
  nobodyYet: 'Nobody',
  name: 'Name',
  staffTitle: 'Health certificates',
  staffName: 'Name',
  certificate: 'Certificate number',
  expiresOn: 'Valid until',
  addStaff: 'Add',
  left: 'Remove',
  noStaff: 'No staff are registered yet.',
  schoolTitle: 'School',
  schoolLead:
    'A shop that cooks for a school registers its dishes, their lots and samples; parents see them by a link.',
  schoolBegin: 'Open the page for parents',
  schoolEnd: 'Close the page for parents',
  schoolLink: 'Page for parents',
  meals: { breakfast: 'Breakfast', lunch: 'Lunch', snack: 'Snack', dinner: 'Dinner' },
  mealTitle: 'Meals and samples',
  mealLead: 'Each dish once: its name, the lots in it, the grams of its sample. Samples are chilled for 48 hours.',
  meal: 'Meal',
  dish: 'Dish',
  lots: 'Lots in it',
  grams: 'Sample (grams)',
  gramsHint: '125 g or more; leave it empty if none was kept.',
  keepMeal: 'Register',
  noLots: 'This shop has received nothing yet.',
  noMeals: 'No dishes were registered in the last three days.',
  sampleKept: (grams, until) => `Sample of ${grams} g, kept until ${until}`,
  sampleGone: (when) => `Sample thrown away, ${when}`,
  sampleEarly: (when) => `Sample thrown away too early, ${when}`,
  sampleMissing: 'No sample',
  discard: 'Sample thrown away',
  parentsTitle: (shop) => `What ${shop} serves today`,
  parentsLead:
    'Dishes, where the food comes from and samples, as the canteen registers them; faces in pictures are blurred.',
  parentsEmpty: 'Today’s dishes are not registered yet.',
  parentsToday: 'Today',
  parentsBefore: 'The two days before',
  parentsCheck: { done: 'Today’s food-safety list is done', open: 'Today’s food-safety list is not done yet' },
  parentsStaff: (all, valid) => `${many(all, 'person', 'people')} at work, ${valid} with a valid health certificate`,
  parentsCamera: 'The kitchen',
  parentsNoCamera: 'There is no picture of the kitchen at the moment.',
  listTitle: 'Days of the shops',
  listLead:
    'Whether today’s list is done, how many of the last 35 days were missed, the last week that was signed. Most missed first.',
  listEmpty: 'No shop has named a food-safety officer yet',
  listEmptyLead: 'Shops appear here when they have named one.',
  columns: {
    shop: 'Shop',
    today: 'Today',
    missed: 'Missed of 35 days',
    week: 'Last signed week',
    officer: 'Food-safety officer',
  },
  todayStates: { done: 'Done', closed: 'Closed', open: 'Not done' },
};
