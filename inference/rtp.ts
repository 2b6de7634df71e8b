// What one RTP packet of video says without being decoded: whether a key frame begins in it, or none is in it (RFC 6184, 7798, 2435).

/** `packet` with its four interleaved bytes before it. */
export function keyframeIn(packet: Buffer, codec: string): { readonly timestamp: number } | undefined {
  const payload = payloadOf(packet);
  if (!payload || !beginsKeyframe(payload, codec)) return undefined;
  return { timestamp: packet.readUInt32BE(8) };
}

/** Whether nothing but slices of a picture that is no key frame is in `packet`: whoever wants key frames alone never decodes it. */
export function isBetweenKeys(packet: Buffer, codec: string): boolean {
  const payload = payloadOf(packet);
  if (!payload) return false;
  const head = payload[0] as number;
  if (codec === 'H264') {
    const type = head & 31;
    const inner = type === 28 || type === 29 ? (payload[1] as number) & 31 : type;
    return inner >= 1 && inner < idr;
  }
  if (codec !== 'H265' && codec !== 'HEVC') return false;
  const type = (head >> 1) & 63;
  return (type === 49 ? (payload[2] as number) & 63 : type) < 16;
}

function payloadOf(packet: Buffer): Buffer | undefined {
  const flags = packet[4] ?? 0;
  let at = 16 + 4 * (flags & 15);
  if (flags & 0x10) {
    if (packet.length < at + 4) return undefined;
    at += 4 + 4 * packet.readUInt16BE(at + 2);
  }
  return packet.length >= at + 4 ? packet.subarray(at) : undefined;
}

function beginsKeyframe(payload: Buffer, codec: string): boolean {
  if (codec === 'H264') return keyframeOfH264(payload);
  if (codec === 'H265' || codec === 'HEVC') return keyframeOfH265(payload);
  // Every Motion JPEG picture is whole; inside a transport stream nobody looks from here.
  return codec === 'JPEG' && payload[1] === 0 && payload[2] === 0 && payload[3] === 0;
}

function keyframeOfH264(payload: Buffer): boolean {
  const type = (payload[0] as number) & 31;
  if (type === 28) return isStartOf(payload[1] as number) && ((payload[1] as number) & 31) === idr;
  const units = type === 24 ? aggregated(payload, 1) : [payload[0] as number];
  return units.some((head) => (head & 31) === idr);
}

function keyframeOfH265(payload: Buffer): boolean {
  const type = ((payload[0] as number) >> 1) & 63;
  if (type === 49) return isStartOf(payload[2] as number) && isRandomAccess((payload[2] as number) & 63);
  const units = type === 48 ? aggregated(payload, 2) : [payload[0] as number];
  return units.some((head) => isRandomAccess((head >> 1) & 63));
}

const idr = 5;

function isStartOf(fragment: number): boolean {
  return (fragment & 0x80) !== 0;
}

function isRandomAccess(type: number): boolean {
  return type >= 16 && type <= 23;
}

/** The first byte of each unit of a packet that holds several, each with its length before it. */
function aggregated(payload: Buffer, from: number): number[] {
  const heads: number[] = [];
  for (let at = from; at + 2 < payload.length; at += 2 + payload.readUInt16BE(at))
    heads.push(payload[at + 2] as number);
  return heads;
}
