// The text of a file of cells, whatever a spreadsheet program saved it as: UTF-8, UTF-16 either way round, GB 18030 or Big5.

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const;
export type SheetEncoding = (typeof encodings)[number];

export type SheetText = { readonly text: string; readonly encoding: SheetEncoding };

const looked = 65_536;

/** Undefined where the bytes are text in none of these. A mark at the beginning is not part of the text. */
export function sheetTextOf(bytes: Buffer): SheetText | undefined {
  const said = markedEncoding(bytes) ?? wideEncoding(bytes);
  if (said !== undefined) return textIn(bytes, said);
  return textIn(bytes, 'utf-8') ?? (isBig5(bytes) ? textIn(bytes, 'big5') : undefined) ?? textIn(bytes, 'gb18030');
}

/**
 * Every text in Big5 is some text in GB 18030 too, made of letters nobody writes: the everyday letters of each stand in a block of
 * their own (GB 2312 level 1, Big5 level 1), and what somebody wrote is mostly made of them.
 */
function isBig5(bytes: Buffer): boolean {
  const share = (isEveryday: (lead: number, trail: number) => boolean) => {
    let [pairs, everyday] = [0, 0];
    for (let at = 0; at + 1 < Math.min(bytes.length, looked); at++) {
      const [lead, trail] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
      if (lead < 0x81) continue;
      at += 1;
      pairs += 1;
      if (isEveryday(lead, trail)) everyday += 1;
    }
    return pairs === 0 ? 0 : everyday / pairs;
  };
  const simple = share((lead, trail) => lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1);
  const traditional = share((lead) => lead >= 0xa4 && lead <= 0xc6);
  return traditional > 0.8 && traditional > simple + 0.15;
}

function markedEncoding(bytes: Buffer): SheetEncoding | undefined {
  const start = bytes.subarray(0, 3).toString('hex');
  if (start.startsWith('fffe')) return 'utf-16le';
  if (start.startsWith('feff')) return 'utf-16be';
  return start === 'efbbbf' ? 'utf-8' : undefined;
}

/** Without a mark, lines and commas tell: each stands in two bytes, and one of them is 0, on the same side all through. */
function wideEncoding(bytes: Buffer): SheetEncoding | undefined {
  const head = bytes.subarray(0, Math.min(bytes.length, looked));
  if (head.length < 4 || bytes.length % 2 !== 0) return undefined;
  let [even, odd] = [0, 0];
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  if (even === 0 && odd === 0) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function textIn(bytes: Buffer, encoding: SheetEncoding): SheetText | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // No sheet holds this character, and every wrong guess about the width of letters does.
    return text.includes('\u0000') ? undefined : { text, encoding };
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
