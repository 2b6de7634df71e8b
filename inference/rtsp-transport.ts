// The channel on which an RTSP camera's one track comes: what was asked, what was agreed, what really arrives.

import { CameraFault } from './camera-fault.ts';
import { newKeySieve } from './key-sieve.ts';
import { senderTime } from './rtcp.ts';
import { keyframeIn } from './rtp.ts';
import { headerOf, type RtspMessage } from './rtsp-message.ts';
import { newRate } from './stream-rate.ts';
import type { StreamFacts } from './types.ts';

/** What came over the channel so far; times in unix milliseconds. */
export interface Traffic {
  readonly packets: number;
  /** When the newest key frame began, and the one before it. */
  readonly keyAt: number | undefined;
  readonly keyBeforeAt: number | undefined;
  readonly facts: StreamFacts;
}

export interface Channel {
  /** The track, as described. */
  expect(track: { readonly payload: string; readonly codec: string }): void;
  /** The transport ffmpeg asks for. */
  asked(request: RtspMessage): void;
  /** A transport that says plainly what the camera's answer meant. Throws CameraFault('udp_only'). */
  agreed(answer: RtspMessage): string;
  /** A packet for ffmpeg, on the channel that it was told of; nothing for a packet of anything else. */
  take(packet: Buffer): { readonly forward?: Buffer };
  traffic(): Traffic;
}

const range = /interleaved\s*=\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?/i;

export function newChannel(now: () => number): Channel {
  let payload = -1;
  let codec = '';
  let wanted = { data: 0, control: 1 };
  let told = wanted;
  let packets = 0;
  let keys: { readonly at: number; readonly timestamp: number }[] = [];
  let clockOffsetMs: number | undefined;
  const [rate, sieve] = [newRate(), newKeySieve()];
  const note = (packet: Buffer): void => {
    packets++;
    if (packet.length >= 12) rate.add(packet.readUInt32BE(8));
    const key = keyframeIn(packet, codec);
    // Its parameter sets and its slices are packets of one time.
    if (key && key.timestamp !== keys[0]?.timestamp) keys = [{ at: now(), ...key }, ...keys].slice(0, 2);
  };
  return {
    expect(track) {
      payload = Number(track.payload);
      codec = track.codec;
    },
    asked(request) {
      wanted = channelsOf(headerOf(request, 'transport')) ?? wanted;
    },
    agreed(answer) {
      const transport = headerOf(answer, 'transport') ?? '';
      const named = channelsOf(transport);
      if (!named && !/\/TCP/i.test(transport) && /(client_port|server_port|multicast|destination)\b/i.test(transport))
        throw new CameraFault('udp_only', 'The camera sends over UDP only; switch RTP over TCP on.');
      told = named ?? wanted;
      return `RTP/AVP/TCP;unicast;interleaved=${told.data}-${told.control}`;
    },
    take(packet) {
      const channel = packet[1];
      if (channel === told.control) {
        const sentAt = senderTime(packet.subarray(4));
        if (sentAt !== undefined) clockOffsetMs = Math.round(sentAt - now());
        return { forward: packet };
      }
      if (channel !== told.data) {
        // Agreed on one channel, sent on another: one track was asked for, so this is it.
        if (!isMedia(packet, payload)) return {};
        packet = Buffer.from(packet);
        packet[1] = told.data;
      }
      note(packet);
      return sieve.passes(packet, codec, keys, now()) ? { forward: packet } : {};
    },
    traffic: () => ({
      packets,
      keyAt: keys[0]?.at,
      keyBeforeAt: keys[1]?.at,
      facts: {
        codec,
        ...rate.facts(keys.map(({ timestamp }) => timestamp)),
        ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
      },
    }),
  };
}

function channelsOf(transport: string | undefined): { data: number; control: number } | undefined {
  const [, first, second] = range.exec(transport ?? '') ?? [];
  if (first === undefined || Number(first) > 254) return undefined;
  const data = Number(first);
  return { data, control: second === undefined || Number(second) > 255 ? data + 1 : Number(second) };
}

function isMedia(packet: Buffer, payload: number): boolean {
  return packet.length > 16 && (packet[4] as number) >> 6 === 2 && ((packet[5] as number) & 0x7f) === payload;
}
