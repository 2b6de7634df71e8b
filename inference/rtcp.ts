// What a camera says of its own clock beside its video: the sender report of RTCP (RFC 3550 §6.4.1).

const senderReport = 200;
/** Seconds between 1900, where NTP begins, and 1970. */
const ntpToUnix = 2_208_988_800;

/** Unix milliseconds of the camera's clock; undefined when the packet says none, or counts from its start and not from 1900. */
export function senderTime(packet: Buffer): number | undefined {
  if (packet.length < 20 || packet[1] !== senderReport || (packet[0] as number) >> 6 !== 2) return undefined;
  const seconds = packet.readUInt32BE(8);
  return seconds < ntpToUnix ? undefined : (seconds - ntpToUnix) * 1000 + (packet.readUInt32BE(12) / 2 ** 32) * 1000;
}
