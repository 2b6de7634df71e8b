// Writes text as GBK, for passwords of cameras that never learnt UTF-8.

const lead = { first: 0x81, last: 0xfe };
const trail = { first: 0x40, last: 0xfe };

let table: ReadonlyMap<string, number> | undefined;

/** What GBK does not have becomes UTF-8 bytes, as it would be sent otherwise. */
export function encodeGbk(text: string): Buffer {
  table ??= readTable();
  const parts = [...text].map((character) => {
    const code = character > '\x7f' ? table?.get(character) : undefined;
    return code === undefined ? Buffer.from(character, 'utf8') : Buffer.from([code >> 8, code & 0xff]);
  });
  return Buffer.concat(parts);
}

/** Read backwards from the decoder that comes with the platform. */
function readTable(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gbk');
  const found = new Map<string, number>();
  for (let high = lead.first; high <= lead.last; high++) {
    for (let low = trail.first; low <= trail.last; low++) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1 && character !== '\ufffd' && !found.has(character))
        found.set(character, high * 256 + low);
    }
  }
  return found;
}
