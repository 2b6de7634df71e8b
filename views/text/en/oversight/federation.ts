// The servers of districts that a city follows, in English.
import type { zhCN } from '../../zh-CN.ts';

export const federation: (typeof zhCN)['federation'] = {
  title: 'Servers of districts',
  lead: 'The city subscribes to the events of each district’s server and traces across them. Its recalls are carried to each district, and the holders’ answers come back. No personal data and no pictures are sent.',
  empty: 'No server of a district is followed yet',
  emptyLead: 'Write the address of a district’s server and a token made there for an inspector.',
  add: 'Follow a server',
  fields: { name: 'Name', nameEn: 'Name in English (optional)', address: 'Address', token: 'Token' },
  addressHint: 'Such as https://binjiang.example.cn; a private network is opened under Subscriptions first.',
  tokenHint:
    'Made on the district’s server by npm run -s cli -- token --role inspector. It is sealed and not shown again.',
  never: 'not yet',
  heard: 'Events last came',
  answered: 'Last answered',
  sites: 'Places it tells of',
  events: 'Events taken',
  foreign: 'Events of another’s places, left out',
  recalls: 'Recalls carried there',
  refusedRecalls: 'Recalls not carried yet',
  answers: 'Answers brought back',
  good: 'Well',
  bad: 'Something is wrong',
  remove: 'Stop following',
  removeOf: (name) => `Stop following ${name}`,
  twice: 'Places that two districts tell of',
  twiceLead:
    'A place is told of by one district. Ask both and choose; the one you choose is asked for all its events once more, so that what was left out comes.',
  twiceSaid: (owner, other, events) =>
    `${owner} tells of it; ${other} told of it too, ${events} ${events === 1 ? 'time' : 'times'}, and that was left out.`,
  belongsTo: (name) => `It belongs to ${name}`,
  gone: 'a server that is no longer followed',
  serverFaults: {
    unreachable: 'It cannot be reached; tried again each minute, and nothing is lost.',
    token: 'It does not take the token: stop following it and add it with a new one.',
    answer: 'Its answer is not what was asked for; tried again each minute.',
    signature: 'A delivery with a wrong signature came and was not taken.',
    foreign: 'It told of places of another district; those events were not taken. Settle with both whose they are.',
    subscription: 'There is no subscription yet; tried again each minute.',
  },
  faults: {
    address: 'Write the address alone, such as https://binjiang.example.cn.',
    duplicate: 'This server is followed already.',
    too_many: 'Too many servers are followed.',
    forbidden: 'This address is in a network that is not open; an administrator opens it under Subscriptions.',
    too_small: 'This is needed; a token has at least 16 characters.',
    invalid_type: 'This is needed.',
  },
};
