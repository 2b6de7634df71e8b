// Takes the chunks of a chunked HTTP body apart (RFC 9112 §7.1), and believes no camera that only says so.

export interface Dechunker {
  /** What this piece holds of the body. */
  push(piece: Buffer): Buffer[];
  /** Whether the last chunk came. */
  ended(): boolean;
}

const longestSizeLine = 256;

export function newDechunker(): Dechunker {
  let rest: Buffer = Buffer.alloc(0);
  let left = 0;
  let first = true;
  let state: 'size' | 'data' | 'plain' | 'ended' = 'size';
  const size = (): boolean => {
    const text = rest.toString('latin1', 0, longestSizeLine);
    const line = /^[\r\n]*[ \t]*([\da-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r*\n/i.exec(text);
    if (line) {
      left = Number.parseInt(line[1] ?? '0', 16);
      rest = rest.subarray(line[0].length);
      state = left === 0 ? 'ended' : 'data';
      first = false;
      return true;
    }
    if (rest.length < longestSizeLine && /^[\r\n]*[ \t]*[\da-f]{0,8}[ \t]*(;[^\r\n]*)?\r*$/i.test(text)) return false;
    // Announced as chunks and sent as it is; or the chunks broke off, and what follows is nothing.
    state = first ? 'plain' : 'ended';
    return true;
  };
  return {
    ended: () => state === 'ended',
    push(piece) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const found: Buffer[] = [];
      while (rest.length > 0 && state !== 'ended') {
        if (state === 'size' && !size()) break;
        if (state !== 'data' && state !== 'plain') continue;
        const data = state === 'plain' ? rest : rest.subarray(0, left);
        rest = rest.subarray(data.length);
        left -= data.length;
        if (data.length > 0) found.push(data);
        if (state === 'data' && left === 0) state = 'size';
      }
      return found;
    },
  };
}
