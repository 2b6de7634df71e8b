// An HLS playlist (RFC 8216) read as far as one picture needs: its variants, or its newest segments and their keys.

import { CameraFault } from './camera-fault.ts';
import type { ByteRange } from './fetch-guarded.ts';

const maxLines = 20_000;
const largestWantedHeight = 1080;
/** Variants, and segments, that are tried one after another. */
const mostTried = 4;

export interface Piece {
  readonly link: string;
  readonly range?: ByteRange;
}

export interface SegmentLink extends Piece {
  readonly initialisation?: Piece;
  /** AES-128 in CBC mode. */
  readonly key?: { readonly link: string; readonly iv: Buffer };
}

/** The likeliest first: the fitting variant, the newest segment. */
export type Playlist = { readonly variants: readonly string[] } | { readonly segments: readonly SegmentLink[] };

/** Throws CameraFault: 'protocol' for what is no playlist, 'codec' for an encryption we cannot undo. */
export function readPlaylist(text: string): Playlist {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/, maxLines)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  if (!first.startsWith('#EXTM3U')) throw new CameraFault('protocol', 'What came is not an HLS playlist.');
  const variants = variantsOf(lines);
  if (variants.length > 0) return { variants: fitting(variants) };
  const segments = segmentsOf(lines);
  if (segments.length === 0) throw new CameraFault('no_keyframe', 'The playlist has no segment yet.');
  return { segments: segments.slice(-mostTried).reverse() };
}

interface Variant {
  readonly link: string;
  readonly height: number;
  readonly bandwidth: number;
}

function variantsOf(lines: readonly string[]): Variant[] {
  const found: Variant[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) continue;
    const link = lines.slice(index + 1).find((next) => !next.startsWith('#'));
    const { RESOLUTION, CODECS, BANDWIDTH } = attributesOf(line);
    const height = Number(/^\d{1,5}x(\d{1,5})$/i.exec(RESOLUTION ?? '')?.[1] ?? 0);
    if (link && (height > 0 || !isSoundOnly(CODECS))) found.push({ link, height, bandwidth: Number(BANDWIDTH) || 0 });
  }
  return found;
}

function isSoundOnly(codecs: string | undefined): boolean {
  return codecs?.split(',').every((each) => /^\s*(mp4a|ac-3|ec-3|opus|flac|mp3)/i.test(each)) ?? false;
}

/** The largest that is no larger than we look at, then smaller ones, then larger ones. */
function fitting(variants: readonly Variant[]): string[] {
  const sorted = [...variants].sort((a, b) => b.height - a.height || b.bandwidth - a.bandwidth);
  const fit = sorted.filter(({ height }) => height <= largestWantedHeight && height > 0);
  const larger = sorted.filter(({ height }) => height > largestWantedHeight).reverse();
  const unknown = sorted.filter(({ height }) => height === 0);
  return [...fit, ...larger, ...unknown].slice(0, mostTried).map(({ link }) => link);
}

interface Standing {
  sequence: number;
  initialisation: Piece | undefined;
  key: { link: string; iv: Buffer | undefined } | undefined;
  range: { length: number; from: number | undefined } | undefined;
  gap: boolean;
  /** Where the last range of each file ended: a range without a start goes on there. */
  readonly ends: Map<string, number>;
}

function segmentsOf(lines: readonly string[]): SegmentLink[] {
  const found: SegmentLink[] = [];
  const parts: SegmentLink[] = [];
  const now: Standing = {
    sequence: 0,
    initialisation: undefined,
    key: undefined,
    range: undefined,
    gap: false,
    ends: new Map(),
  };
  for (const line of lines) {
    const [, tag = '', value = ''] = /^#(EXT-?[A-Z0-9-]*):?(.*)$/.exec(line) ?? [];
    if (tag === 'EXT-X-MEDIA-SEQUENCE') now.sequence = Number.parseInt(value, 10) || 0;
    else if (tag === 'EXT-X-MAP') now.initialisation = pieceOf(attributesOf(line));
    else if (tag === 'EXT-X-KEY') now.key = keyOf(attributesOf(line));
    else if (tag === 'EXT-X-BYTERANGE') now.range = rangeOf(value);
    else if (tag === 'EXT-X-GAP') now.gap = true;
    else if (tag === 'EXT-X-PART' && attributesOf(line)['INDEPENDENT'] === 'YES') {
      const piece = pieceOf(attributesOf(line));
      if (piece) parts.push(segmentOf(now, piece));
    } else if (!line.startsWith('#')) {
      if (!now.gap) found.push(segmentOf(now, rangedPiece(now, line)));
      now.sequence++;
      now.range = undefined;
      now.gap = false;
    }
  }
  return found.length > 0 ? found : parts;
}

function segmentOf({ initialisation, key, sequence }: Standing, piece: Piece): SegmentLink {
  const iv = key?.iv ?? sequenceIv(sequence);
  return { ...piece, ...(initialisation ? { initialisation } : {}), ...(key ? { key: { link: key.link, iv } } : {}) };
}

function rangedPiece({ range, ends }: Standing, link: string): Piece {
  if (!range) return { link };
  const from = range.from ?? ends.get(link) ?? 0;
  ends.set(link, from + range.length);
  return { link, range: { from, to: from + range.length - 1 } };
}

function rangeOf(value: string): { length: number; from: number | undefined } | undefined {
  const [, length, from] = /^"?(\d{1,12})(?:@(\d{1,15}))?/.exec(value.trim()) ?? [];
  if (length === undefined || Number(length) === 0) return undefined;
  return { length: Number(length), from: from === undefined ? undefined : Number(from) };
}

function pieceOf({ URI, BYTERANGE }: Readonly<Record<string, string>>): Piece | undefined {
  if (URI === undefined) return undefined;
  const range = rangeOf(BYTERANGE ?? '');
  const from = range?.from ?? 0;
  return range ? { link: URI, range: { from, to: from + range.length - 1 } } : { link: URI };
}

function keyOf({ METHOD, URI, IV }: Readonly<Record<string, string>>): Standing['key'] {
  if (METHOD === undefined || METHOD === 'NONE') return undefined;
  if (METHOD !== 'AES-128' || URI === undefined)
    throw new CameraFault(
      'codec',
      `The stream is encrypted by ${METHOD.slice(0, 20)}; give the camera one that is not.`,
    );
  const hex = /^0x([\da-f]{1,32})$/i.exec(IV ?? '')?.[1];
  return { link: URI, iv: hex === undefined ? undefined : Buffer.from(hex.padStart(32, '0'), 'hex') };
}

/** Without an IV, the number of the segment is one. */
function sequenceIv(sequence: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeBigUInt64BE(BigInt(Math.max(0, sequence)), 8);
  return iv;
}

function attributesOf(line: string): Readonly<Record<string, string>> {
  const pairs = line.slice(line.indexOf(':') + 1).matchAll(/([A-Z0-9-]+)\s*=\s*(?:"([^"]*)"|([^,]*))/g);
  return Object.fromEntries([...pairs].map(([, name = '', quoted, plain = '']) => [name, quoted ?? plain.trim()]));
}
