// Leaves out the packets that a reader of key frames would throw away: nine tenths of what a camera sends.

import { isBetweenKeys } from './rtp.ts';

export interface KeySieve {
  /** A packet of the track, with its four interleaved bytes before it; its number may be changed. Whether it is to be sent on. */
  passes(packet: Buffer, codec: string, keys: readonly { readonly at: number }[], now: number): boolean;
}

/** ffmpeg ends a connection on which nothing comes for twenty seconds. */
const longestGapMs = 10_000;

/**
 * Begins after two key frames, so that streams which have none, or rarely, come whole. The picture after a key frame comes too: by its
 * beginning a reader knows that the key frame has ended.
 */
export function newKeySieve(): KeySieve {
  let stamp: number | undefined;
  let key: { readonly at: number } | undefined;
  let pictures = 0;
  let left = 0;
  return {
    passes(packet, codec, keys, now) {
      if (packet.length < 16) return true;
      const timestamp = packet.readUInt32BE(8);
      if (keys[0] !== key) {
        key = keys[0];
        pictures = 0;
      } else if (timestamp !== stamp) pictures++;
      stamp = timestamp;
      const [newest, before] = keys;
      const steady = newest && before && newest.at - before.at < longestGapMs && now - newest.at < longestGapMs;
      if (steady && pictures > 1 && isBetweenKeys(packet, codec)) {
        left = (left + 1) & 0xffff;
        return false;
      }
      // Without gaps in the numbers, or the reader takes what is left out for lost.
      if (left > 0) packet.writeUInt16BE((packet.readUInt16BE(6) - left) & 0xffff, 6);
      return true;
    },
  };
}
