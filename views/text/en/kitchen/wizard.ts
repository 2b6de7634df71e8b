// Words of connecting a camera, in English: makers, finding, what a test tells of the stream.
import type { Words } from './span.ts';

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;

export const wizard = {
  wizard: {
    addressTitle: 'Paste the address',
    makerTitle: 'Or go by the maker',
    makerLead:
      'When you do not know the address: pick the maker, give the camera’s IP, and the address is made for you.',
    maker: 'Maker',
    noMaker: 'I give the address myself',
    makers: {
      hikvision: 'Hikvision',
      dahua: 'Dahua',
      ezviz: 'Ezviz',
      tplink: 'TP-Link',
      uniview: 'Uniview',
      xiongmai: 'Xiongmai',
      onvif: 'Another (ONVIF)',
    },
    host: 'IP of the camera',
    hostHint: 'Such as 192.168.1.64; another port than the usual one stands behind it, as in 192.168.1.64:8554.',
    channel: 'Channel',
    channelHint: '1 for a single camera; the channel’s number on a recorder.',
    stream: 'Stream',
    streams: { main: 'Main stream', sub: 'Sub stream' },
    streamHint: 'The main stream is clearer; take the sub stream when the network is slow.',
    upTo: (count: number) => `Connecting, up to ${count} s…`,
    cancel: 'Cancel',
    codec: 'Codec',
    codecs: { H264: 'H.264', H265: 'H.265', HEVC: 'H.265', JPEG: 'MJPEG', MP2T: 'MPEG-TS' },
    size: 'Picture',
    rate: 'Frame rate',
    rateText: (rate: number) => `${rate} a second`,
    keyframes: 'Key-frame interval',
    keyframeText: (ms: number) => seconds(ms),
    keyframeOver: (ms: number) => `over ${seconds(ms)}`,
    clock: 'Clock',
    clockRight: 'As the server’s',
    clockAhead: (span: string) => `${span} fast`,
    clockBehind: (span: string) => `${span} slow`,
    clockWrong: (said: string) => `The camera’s clock is ${said}`,
    span: (ms: number) => {
      const count = Math.round(ms / 1000);
      if (count < 120) return `${count} s`;
      if (count < 7200) return `${Math.round(count / 60)} min`;
      return count < 172_800 ? `${Math.round(count / 3600)} h` : `${Math.round(count / 86_400)} days`;
    },
    taken: 'Stream taken',
    unknown: 'Does not show',
    heads: 'Heads are clear',
    headsText: (metres: number) => `up to about ${metres} m`,
    seenLine: (metres, px, mask, hat, smoking) =>
      `At ${metres} m a head has about ${px} pixels: masks ${mask}, hats ${hat}, smoking ${smoking}`,
    seenAnswers: { mostly: 'mostly', partly: 'partly', no: 'no' },
    seenWhy:
      'Mostly: of photographs kept out of training, three quarters and more were found at this size; partly: half and more. Photographs are sharper than cameras: where the picture is compressed a lot, move nearer.',
    headsWhy:
      'A head is about 0.16 m broad and the lens sees 90°: a head has 32 pixels at width × 0.16 ÷ (2 × 32 × tan 45°).',
    period: {
      title: 'Periods of the day',
      hint: 'Cooking, idle hours and the night may each have an interval and violations that are not looked for; left empty, the camera’s own interval holds all day.',
      kinds: { cooking: 'Cooking', idle: 'Idle', night: 'Night' },
      every: 'Every (seconds)',
      off: (count: number) => (count === 0 ? 'Not looked for then: nothing' : `Not looked for then: ${count}`),
    },
    going: {
      title: 'What the next clearing removes by these days, for good; what went, and when, is in the ledger',
      name: 'Class',
      names: { cleared: 'Cleared and audits', confirmed: 'Confirmed', answer: 'Photos of corrections' },
      pictures: 'Pictures',
      space: 'Space',
      held: 'Kept for an open order, appeal or recall',
      look: 'Show what would go',
    },
    find: {
      title: 'Find cameras',
      lead: 'Asks each address of the networks that cameras may be in (ONVIF), for about 5 s. No other network is asked.',
      noNetworks: 'No network is open to cameras yet.',
      toSettings: 'Open one',
      networks: (list: string) => `Networks: ${list}`,
      button: 'Look now',
      found: (count: number, asked: number) => `${asked} addresses asked, ${count} found`,
      cut: (list: string) => `Too large or IPv6, and not asked whole: ${list}`,
      none: 'No camera answered. See that ONVIF is on in the camera, and that this server reaches the network.',
      add: 'Add',
      known: 'Registered: ',
    },
    warnings: {
      seldom: 'Key frames are more than 5 s apart, so pictures come late: set the key-frame interval (GOP) to 2 s.',
      smart: 'So long an interval is mostly H.264+ or H.265+ (smart codec): switch that off.',
      sub_better:
        'The picture is larger than is of use, which costs network and processor: take the sub stream, or set 1080p.',
      small: 'The picture is too small for heads farther away: take the main stream, or move the camera nearer.',
      clock: 'The camera’s clock is wrong, and its times can be disputed: switch on network time (NTP) in the camera.',
    },
  },
} satisfies Partial<Words>;
