// Which packets of a camera are sent on: key frames, what belongs to them, and no gap in the numbers.
import { describe, expect, it } from 'vitest';
import { newChannel } from '../../../inference/rtsp-transport.ts';

type Sent = { readonly number: number; readonly type: number };

/** A channel of a camera whose time the test sets, and what came through it. */
function camera(codec: 'H264' | 'H265') {
  let now = 1_000_000;
  let number = 65_530;
  let stamp = 0;
  const channel = newChannel(() => now);
  channel.expect({ payload: '96', codec });
  channel.agreed({ first: '', headers: [['Transport', 'RTP/AVP/TCP;interleaved=0-1']], body: Buffer.alloc(0) });
  const sent: Sent[] = [];
  const packet = (...payload: number[]) => {
    const bytes = Buffer.alloc(16 + 20);
    bytes.set([0x24, 0, 0, 32, 0x80, 96]);
    bytes.writeUInt16BE(number++ & 0xffff, 6);
    bytes.writeUInt32BE(stamp, 8);
    bytes.set(payload, 16);
    const { forward } = channel.take(bytes);
    if (forward) sent.push({ number: forward.readUInt16BE(6), type: forward[16] as number });
  };
  const picture = (...units: number[][]) => {
    stamp += 3_600;
    now += 40;
    for (const unit of units) packet(...unit);
  };
  return { sent, picture, pass: (ms: number) => (now += ms) };
}

const [sets, key, plain, startOfPlain, moreOfPlain] = [[0x67], [0x65], [0x41], [0x5c, 0x81], [0x5c, 0x01]];

function group(of: ReturnType<typeof camera>, plains: number): void {
  of.picture(sets, key);
  for (let at = 0; at < plains; at++) of.picture(plain, startOfPlain, moreOfPlain);
}

describe('packets between key frames', () => {
  it('are sent on until two key frames came, and from then on only up to the picture that ends each key frame', () => {
    const found = camera('H264');
    group(found, 5);
    expect(found.sent).toHaveLength(2 + 15);
    for (let at = 0; at < 3; at++) group(found, 5);
    expect(found.sent).toHaveLength(17 + 3 * (2 + 3));
    const numbers = found.sent.map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, at) => (65_530 + at) & 0xffff));
  });

  it('are sent on while key frames are far apart, or stay away: a reader that hears nothing hangs up', () => {
    const seldom = camera('H264');
    for (let at = 0; at < 3; at++) {
      group(seldom, 3);
      seldom.pass(11_000);
    }
    expect(seldom.sent).toHaveLength(3 * 11);
    const ceased = camera('H264');
    for (let at = 0; at < 3; at++) group(ceased, 3);
    const before = ceased.sent.length;
    ceased.pass(11_000);
    ceased.picture(plain);
    expect(ceased.sent).toHaveLength(before + 1);
  });

  it('that hold parameter sets, notes or several units are sent on wherever they come', () => {
    const found = camera('H264');
    for (let at = 0; at < 2; at++) group(found, 3);
    const before = found.sent.length;
    for (const unit of [[0x67], [0x68], [0x06], [0x18, 0, 1, 0x41]]) found.picture(unit);
    expect(found.sent.slice(before).map(({ type }) => type)).toEqual([0x67, 0x68, 0x06, 0x18]);
  });

  it('are known in H.265 too', () => {
    const found = camera('H265');
    const [vps, idr, trail, fragment] = [
      [0x40, 1],
      [0x26, 1],
      [0x02, 1],
      [0x62, 1, 0x81],
    ];
    const both = () => {
      found.picture(vps, idr);
      for (let at = 0; at < 4; at++) found.picture(trail, fragment);
    };
    for (let at = 0; at < 3; at++) both();
    expect(found.sent).toHaveLength(10 + 2 * 4);
    found.picture([0x4e, 1]);
    expect(found.sent.at(-1)?.type).toBe(0x4e);
  });
});
