// The head of an HTTP answer as cameras write it: any line ends, any version, lines that are none.

import { CameraFault } from './camera-fault.ts';

export interface HttpHead {
  readonly status: number;
  /** Lower case, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bytes of the head, its blank line among them. */
  readonly length: number;
}

export const maxHttpHeadBytes = 64 * 1024;

/** Undefined while it is incomplete. Throws CameraFault('protocol') for what is not HTTP. */
export function readHttpHead(bytes: Buffer): HttpHead | undefined {
  const text = bytes.toString('latin1', 0, maxHttpHeadBytes);
  const padding = /^[\r\n\s]*/.exec(text)?.[0].length ?? 0;
  const start = text.slice(padding, padding + 16);
  if (start.length >= 5 && !/^(HTTP\/|ICY )/i.test(start)) throw notHttp();
  const blank = /\r*\n\r*\n|\r\r(?!\n)/.exec(text.slice(padding));
  if (!blank) {
    if (bytes.length > maxHttpHeadBytes) throw notHttp();
    return undefined;
  }
  const lines = text.slice(padding, padding + blank.index).split(/\r*\n|\r/);
  const status = Number(/^(?:HTTP\/[\d.]+|ICY)\s+(\d{3})(?!\d)/i.exec(lines[0] ?? '')?.[1]);
  if (Number.isNaN(status)) throw notHttp();
  return { status, headers: headersOf(lines.slice(1)), length: padding + blank.index + blank[0].length };
}

export function headersNamed({ headers }: Pick<HttpHead, 'headers'>, name: string): string[] {
  return headers.filter(([each]) => each === name).map(([, value]) => value);
}

/** A line that begins with a space goes on with the one before it; one without a colon says nothing. */
function headersOf(lines: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && last) last[1] = `${last[1]} ${line.trim()}`;
    else if (colon > 0) found.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return found;
}

function notHttp(): CameraFault {
  return new CameraFault('protocol', 'What the camera answers is not HTTP.');
}
