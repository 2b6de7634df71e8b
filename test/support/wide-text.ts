// Text as Excel saves it under "Unicode text": UTF-16, the lower byte first, with its mark.
export function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}
