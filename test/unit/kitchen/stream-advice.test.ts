// What a test of a camera warns of, and whose address is whose: hand-made streams, and paths as makers write them.
import { describe, expect, it } from 'vitest';
import { addressFaults } from '../../../server/kitchen/camera/camera.ts';
import { makerAddress, makerNames, makerOf, pickFaults } from '../../../server/kitchen/camera/maker.ts';
import { shownAddress } from '../../../server/kitchen/camera/secret-address.ts';
import { seenSizes } from '../../../server/kitchen/camera/seen-size.ts';
import { adviceOn, headDistance } from '../../../server/kitchen/camera/stream-advice.ts';

const hikvision = 'rtsp://192.168.1.64/Streaming/Channels/101';
const pick = { host: '192.168.1.64', channel: 2, user: 'admin', password: 'a b&c' } as const;

describe('the advice on a stream', () => {
  const good = { codec: 'H264', keyframeMs: 2_000, clockOffsetMs: 400 };
  const warnings = (facts: object, width = 1920, url: string = hikvision) =>
    adviceOn({ ...good, ...facts }, { width, url }).warnings;

  it('is none where key frames come every two seconds, the clock is right and the picture is 1080p', () => {
    expect(warnings({})).toEqual([]);
    expect(warnings({ keyframeMs: 5_000 })).toEqual([]);
  });

  it('tells of key frames too seldom, measured or not seen in time, and of the smart codec behind them', () => {
    expect(warnings({ keyframeMs: 5_001 })).toEqual(['seldom', 'smart']);
    expect(warnings({ keyframeMs: undefined, keyframeOverMs: 6_500 })).toEqual(['seldom', 'smart']);
    expect(warnings({ keyframeMs: undefined, keyframeOverMs: 4_000 })).toEqual([]);
  });

  it('tells of a picture larger than is of use, unless the sub stream is taken already', () => {
    expect(warnings({}, 3840)).toEqual(['sub_better']);
    expect(warnings({}, 3840, 'rtsp://192.168.1.64/Streaming/Channels/102')).toEqual([]);
  });

  it('tells up to how many metres a head has 32 pixels, and warns under three', () => {
    expect(headDistance(1920)).toBeCloseTo(4.8, 9);
    expect(warnings({}, 1200)).toEqual([]);
    expect(warnings({}, 640)).toEqual(['small']);
    expect(adviceOn(good, { width: 640, url: null }).headsUpToMetres).toBe(1.6);
  });

  it('tells what can be seen some way off, by the sizes at which it was measured', () => {
    const at = (width: number, metres: number) => seenSizes(width).find((seen) => seen.metres === metres);
    expect(at(1920, 3)).toEqual({ metres: 3, headPx: 51, mask: 'mostly', hat: 'mostly', smoking: 'mostly' });
    expect(at(1920, 6)).toEqual({ metres: 6, headPx: 26, mask: 'mostly', hat: 'mostly', smoking: 'partly' });
    expect(at(640, 6)).toEqual({ metres: 6, headPx: 9, mask: 'partly', hat: 'no', smoking: 'no' });
    expect(adviceOn(good, { width: 640, url: null }).seen).toEqual(seenSizes(640));
  });

  it('tells of a clock that is more than a minute off, either way', () => {
    expect(warnings({ clockOffsetMs: 61_000 })).toEqual(['clock']);
    expect(warnings({ clockOffsetMs: -61_000 })).toEqual(['clock']);
    expect(warnings({ clockOffsetMs: undefined })).toEqual([]);
  });
});

describe('an address made from a maker', () => {
  it('is one a camera may have, shows no password, and is recognised with its stream', () => {
    for (const maker of makerNames)
      for (const stream of ['main', 'sub'] as const) {
        const url = makerAddress({ ...pick, maker, stream });
        expect(addressFaults({ kind: 'rtsp', url }), url).toEqual([]);
        expect(shownAddress(url) ?? url).not.toContain('a%20b');
        expect(makerOf(url), url).toEqual({ maker, stream });
      }
    expect(makerAddress({ ...pick, maker: 'hikvision', stream: 'sub' })).toBe(
      'rtsp://192.168.1.64/Streaming/Channels/202',
    );
  });

  it('is not made of a whole address where the host belongs, nor of channel 0', () => {
    expect(pickFaults({ host: hikvision, channel: 0 }).map(({ place }) => place)).toEqual(['host', 'channel']);
    expect(pickFaults({ host: '', channel: Number.NaN })).toHaveLength(2);
    for (const host of ['192.168.1.64:8554', '[fd00:12::9]', 'nvr.kitchen.example'])
      expect(pickFaults({ host, channel: 1 })).toEqual([]);
  });

  it('of nobody known is nobody’s', () => {
    expect(makerOf('rtsp://192.168.1.64/live')).toBeUndefined();
    expect(makerOf('https://192.168.1.64/stream1')).toBeUndefined();
  });
});
