// Words of the kitchen pages, in English.

import { camera } from './camera.ts';
import { desk, pace } from './desk.ts';
import { order } from './order.ts';
import { counted, type Words } from './span.ts';
import { wizard } from './wizard.ts';

export const place = {
  scoreTitle: 'Score',
  grades: { good: 'Good', fair: 'Fair', poor: 'Needs attention' },
  scoreText: (grade: string, score: number, reachable: number) =>
    reachable > score ? `${grade}. It can be ${reachable} again once every correction is accepted.` : `${grade}.`,
  scoreChart: (days: number, score: number) => `Score over the last ${days} days, now ${score}`,
  noScoreEvents: 'Nothing has changed it yet.',
  scoreReasons: {
    confirmed: (violation: string) => `${violation}, confirmed`,
    accepted: (violation: string) => `${violation}: correction accepted`,
    overdue: (violation: string) => `${violation}: overdue`,
    steady: (_violation: string) => '30 days without a loss',
    undone: (violation: string) => `${violation}: withdrawn`,
    overturned: (violation: string) => `${violation}: appeal granted`,
  },
  licenceLine: (licence: string, day: string) => `Food licence ${licence}, ${day}`,
  scanReceive: 'Scan a delivery',
  dueTitle: (count: number) => (count === 0 ? 'Corrections' : `${counted(count, 'correction')} due`),
  allOrders: 'All corrections',
  recallsWait: (count) =>
    `${count === 1 ? 'One recall waits' : `${count} recalls wait`} for your answer: stop using the goods, seal them, then reply.`,
  answerRecalls: 'Answer',
  nothingDue: 'Nothing to correct today',
  nothingDueNext: 'New orders appear here.',
  arrivalsTitle: 'Arrived today',
  allArrivals: 'Purchase ledger',
  noArrivals: 'Nothing has been received today.',
  papersTitle: 'Papers',
  licence: 'Food licence',
  expires: (days: number) => (days < 0 ? `expired ${counted(-days, 'day')} ago` : `expires in ${counted(days, 'day')}`),
  camerasLine: (count: number, down: number) =>
    down === 0
      ? `${count}, all online; the strip is the last 24 hours`
      : `${count}, ${down} need attention; the strip is the last 24 hours`,
  noCameras: 'No camera yet. Add one; sampling starts once the test shows a picture.',
  registerTitle: 'Register a restaurant',
  registerLead: 'It takes a minute; cameras come next.',
  registerButton: 'Register',
  restaurantName: 'Name',
  restaurantNameEn: 'Name in English (optional)',
  licenceHint: 'JY and 14 digits',
  licenceUntil: 'Licence valid until (optional)',
  address: 'Address',
  opensAt: 'Opens at',
  closesAt: 'Closes at',
  gln: 'GLN (optional)',
  glnHint: '13 digits; leave empty if there is none',
  restaurantFacts: 'Registration',
  hours: 'Opening hours',
  allDay: 'around the clock',
  siteId: 'Site id',
  until: (day: string) => `until ${day}`,
  kitchensLead: 'Lowest score first.',
  camerasOnline: 'Cameras online',
  openOrders: 'Open corrections',
  overdue: 'Overdue',
  findKitchen: 'Name, address or licence',
  onlyKitchens: 'Only',
  kitchenTroubles: {
    all: 'All',
    overdue: 'Orders overdue',
    down: 'Cameras in trouble',
    blind: 'Without a camera',
    closed: 'Closed',
  },
  kitchenOrders: {
    score: 'Lowest score first',
    name: 'By name',
    confirmed: 'Most confirmed in 30 days first',
    orders: 'Most overdue and open orders first',
  },
  nothingFound: 'No restaurant is like that.',
  recordedClock: 'Played from a recording: the clock in the picture is the recording’s.',
  confirmed30: 'Confirmed, 30 days',
  noKitchens: 'No restaurant is registered yet.',
  allOnline: (count: number) => `${count} online`,
  someDown: (down: number, count: number) => `${down} of ${count} down`,
  overdueCount: (count: number) => `${count} overdue`,
  openCount: (count: number) => `${count} open`,
  recentFlags: 'Recent flags',
  picture: 'Picture',
  noFlags: 'No flags.',
} satisfies Partial<Words>;

const settings = {
  settingsTitle: 'Review settings',
  settingsSaved: 'Saved',
  auditShare: 'Audit share (%)',
  auditShareHint:
    'Share of all frames looked at that two people judge blind for every kind, to measure the miss rate; more of a camera that is looked at seldom.',
  secondShare: 'Blind second look (%)',
  secondShareHint: 'Share of flags judged by two people, to measure agreement.',
  windowHits: 'Frames that must show it',
  windowOf: 'Of so many in a row',
  networks: 'Camera networks allowed',
  networksHint:
    'One network a line, ports optional, such as 192.168.20.0/24 554,80. Any other private address is never dialled; for an address of the server itself, name the ports.',
  keepTitle: 'Days pictures are kept',
  keepCleared: 'Cleared and audits',
  keepConfirmed: 'Confirmed',
  keepAnswer: 'Photos of corrections',
} satisfies Partial<Words>;

export const faults = {
  faultTexts: {
    name: 'A name has 2–60 characters.',
    nameEn: 'The English name has at most 120 characters.',
    licence: 'A licence number is JY and 14 digits, and not registered before.',
    licenceUntil: 'Write a date such as 2029-03-14.',
    address: 'An address has 2–120 characters.',
    opensAt: 'Write a time such as 09:30.',
    closesAt: 'Write a time such as 22:00.',
    gln: 'A GLN has 13 digits, the last one a check digit.',
    place: 'Say where it hangs, at most 40 characters.',
    placeEn: 'The English place has at most 80 characters.',
    kind: 'Choose a kind.',
    url: 'Start with rtsp:// or https:// to match the kind, without user or password, such as rtsp://192.0.2.14/stream1.',
    host: 'Give the camera’s own IP alone, such as 192.168.1.64, or 192.168.1.64:8554 with another port.',
    channel: 'A channel is a number from 1; a single camera has 1.',
    user: 'The user has at most 120 characters.',
    password: 'The password has at most 200 characters.',
    file: 'For an upload, choose a video or picture that can be read; for the other kinds, none.',
    sampleEverySeconds: 'A whole number from 2 to 3600.',
    photo: 'Choose a photo that opens: JPEG, PNG or WebP.',
    text: 'Write 4 to 1,000 characters.',
    note: 'Say why.',
    auditPercent: 'A number from 0 to 100.',
    secondPercent: 'A number from 0 to 100.',
    hits: '1 to 10, and not more than the frames in a row.',
    of: '1 to 10.',
    networks: 'One network a line, such as 192.168.20.0/24 554.',
    keepCleared: '1 to 3650 days.',
    keepConfirmed: '1 to 3650 days.',
    keepAnswer: '1 to 3650 days.',
  },
  faultCodes: {
    file_heic:
      'This is a HEIC photo of a phone, which is not read: choose “Most compatible” in the camera settings of the phone, or save it as JPEG.',
    file_form:
      'This file form is not read, nor are the own forms of Hikvision and Dahua recorders: export it as MP4 with the maker’s player. Taken are MP4, MOV, MKV, WebM, AVI and TS videos, and JPEG, PNG and WebP pictures.',
    file_codec:
      'This video coding is not read: convert it to H.264, H.265, VP8 or VP9. Taken are MP4, MOV, MKV, WebM, AVI and TS videos, and JPEG, PNG and WebP pictures.',
    file_picture:
      'This file cannot be opened, or is no picture. Taken are MP4, MOV, MKV, WebM, AVI and TS videos, and JPEG, PNG and WebP pictures.',
    file_no_keyframe: 'There is no whole picture in the video; choose another.',
    file_too_large: 'The file is too large: videos up to 200 MB, pictures up to 20 MB.',
    network_mask: 'This is no network: write it as network/bits, such as 192.168.20.0/24.',
    network_never:
      'This network is never opened to cameras: loopback, link-local, multicast and 0.0.0.0/0 stay closed. Name the network the cameras are in.',
    network_wide: 'This network is too wide: name only the one the cameras are in, such as 192.168.20.0/24.',
    network_ports: 'A port is a number from 1 to 65535.',
    network_port_fields: 'Join several ports by commas without spaces, such as 192.168.20.0/24 554,8554.',
    onvif_unreachable:
      'The camera cannot be asked: check IP and ONVIF port (mostly 80, 8000 or 8899). For a camera in a private network, ask the administrator to allow the network.',
    onvif_unauthorised:
      'The camera does not take this user or password: ONVIF often has users of its own, in the camera’s ONVIF settings.',
    onvif_not_found: 'There is no ONVIF at this port: it is mostly 80, 8000 or 8899, behind the IP.',
    onvif_protocol: 'The answer is not ONVIF: switch it on in the camera, or pick the maker, or paste the address.',
    hidden_secret:
      'The password in the address is not shown: to change the address, write the password again in place of ***.',
    too_long: 'At most 500 characters. Nothing was sent; your text is still below: make it shorter.',
    known_place:
      'This place is on record already. Ask an administrator to add it to your account, then register the kitchen.',
  },
} satisfies Partial<Words>;

export const kitchen: Words = { ...desk, ...pace, ...order, ...camera, ...wizard, ...place, ...settings, ...faults };
