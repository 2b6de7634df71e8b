// The text of a document in whatever encoding it came: by its mark, its first bytes, its XML declaration, or its media type.

export type DocumentText = {
  /** Undefined where the bytes are no text in that encoding. */
  readonly text: string | undefined;
  readonly encoding: string;
};

const declaredWithin = 256;

/** UTF-8 unless the bytes, the XML declaration or the charset of the media type say otherwise (XML 1.0 appendix F). */
export function documentText(bytes: Uint8Array, mediaType: string | undefined): DocumentText {
  const encoding = encodingOf(bytes, mediaType);
  const decoder = decoderOf(encoding);
  if (decoder === undefined) return { text: undefined, encoding };
  try {
    const text = decoder.decode(bytes);
    // A mark and nothing after it is no document in any encoding.
    return { text: text === '' && bytes.length > 0 ? undefined : text, encoding };
  } catch (error) {
    if (error instanceof TypeError) return { text: undefined, encoding };
    throw error;
  }
}

function encodingOf(bytes: Uint8Array, mediaType: string | undefined): string {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  // Without a mark the first character, < or {, tells by the side its zero stands on.
  if (first !== 0 && second === 0) return 'utf-16le';
  if (first === 0 && second !== 0) return 'utf-16be';
  return (
    declaredEncoding(bytes) ?? /;\s*charset="?([\w.:-]{1,40})/i.exec(mediaType ?? '')?.[1]?.toLowerCase() ?? 'utf-8'
  );
}

/** What `<?xml … encoding="GB18030"?>` says. UTF-16 in bytes that are none was left behind when somebody converted the file. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, declaredWithin));
  const name = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1]?.toLowerCase();
  return name?.startsWith('utf-16') === true ? 'utf-8' : name;
}

const decoders = new Map<string, TextDecoder>();
const mostDecoders = 40;

function decoderOf(encoding: string): TextDecoder | undefined {
  const known = decoders.get(encoding);
  if (known !== undefined) return known;
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    if (decoders.size < mostDecoders) decoders.set(encoding, decoder);
    return decoder;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
