// Text in the bytes that Excel saves: UTF-16 under "Unicode text", and GB18030 under CSV on a Chinese computer.

/** The lower byte first, with its mark. */
export function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

/** Without a mark, as Excel writes it: two bytes a character, which is all that ledgers hold. Throws for any other. */
export function gb18030(text: string): Buffer {
  const bytes = bytesOfGb();
  return Buffer.concat(
    Array.from(text, (character) => {
      const found = character < '\x80' ? Buffer.from(character) : bytes.get(character);
      if (found === undefined) throw new RangeError(`${character} is not of two bytes in GB18030.`);
      return found;
    }),
  );
}

function bytesOfGb(): ReadonlyMap<string, Buffer> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, Buffer>();
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const pair = Buffer.from([first, second]);
      const character = decoder.decode(pair);
      if ([...character].length === 1 && character !== '\ufffd') found.set(character, pair);
    }
  return found;
}
