// The few lines of a session description (RFC 8866) that matter here: which video, and where its tracks are asked for.

const codecs = ['H264', 'H265', 'HEVC', 'JPEG'];
/** RTP payload types with a meaning of their own (RFC 3551); the rest is named by an rtpmap line. */
const staticJpeg = '26';

/** Why nothing can be seen in this session, or undefined. */
export function videoCodecFault(sdp: string): string | undefined {
  const lines = sdp.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith('m=video'));
  if (start < 0) return 'The camera offers no video.';
  const payload = lines[start]?.split(/\s+/)[3];
  if (payload === staticJpeg) return undefined;
  const end = lines.findIndex((line, index) => index > start && line.startsWith('m='));
  const section = lines.slice(start, end < 0 ? undefined : end);
  const codec = section
    .map((line) => /^a=rtpmap:(\d+) ([\w.-]+)/.exec(line))
    .find((match) => match?.[1] === payload)?.[2];
  if (codec && codecs.includes(codec.toUpperCase())) return undefined;
  return `The camera sends ${codec ?? 'a codec it does not name'}; set it to H.264, H.265 or Motion JPEG.`;
}

/**
 * Absolute RTSP links of the camera become links to the door. A camera behind another address names itself by that one,
 * so whatever host stands there, the door leads to the pinned address only.
 */
export function rewriteLinks(text: string, street: string, door: string): string {
  return text
    .replaceAll(street, door)
    .replace(/rtsp:\/\/[^\s"',;/]+(?=[/\s"',;]|$)/g, (link) => (door.startsWith(link) ? link : door));
}
