// What kind of file somebody sent, by its first bytes: a workbook, text, or one of the kinds that are refused by their name.

export type FileKind = 'workbook' | 'text';

/** Kinds people really send that cannot be read as a table; each has its own sentence about what to do. */
export type RefusedKind =
  | 'old_excel'
  | 'locked_workbook'
  | 'binary_workbook'
  | 'open_document'
  | 'apple_numbers'
  | 'web_page'
  | 'xml_workbook'
  | 'event_document'
  | 'pdf'
  | 'picture'
  | 'archive';

export type FoundFile = { readonly kind: FileKind } | { readonly refused: RefusedKind };

export const refusedDetails: Readonly<Record<RefusedKind, string>> = {
  old_excel: 'This is a workbook of Excel 97–2003 (.xls). Open it, save it as .xlsx or CSV, and send that.',
  locked_workbook: 'This workbook has a password. Save it without one, or as CSV, and send that.',
  binary_workbook: 'This is a binary workbook (.xlsb). Save it as .xlsx or CSV and send that.',
  open_document: 'This is an OpenDocument table (.ods). Save it as .xlsx or CSV and send that.',
  apple_numbers: 'This is a Numbers document. Export it as Excel (.xlsx) or CSV and send that.',
  web_page: 'This is a web page under the name of a workbook. Open it in Excel, save it as .xlsx, and send that.',
  xml_workbook: 'This is an XML workbook of Excel 2003. Open it in Excel, save it as .xlsx, and send that.',
  event_document: 'This is a document of events, no table: post it to /epcis/capture.',
  pdf: 'This is a PDF. Ask its sender for the table itself (.xlsx or CSV).',
  picture: 'This is a picture. Ask its sender for the table itself (.xlsx or CSV).',
  archive: 'This is an archive. Unpack it and send the table inside (.xlsx or CSV).',
};

/** `bytes` from the beginning of the file; the name plays no part, since it often lies. */
export function fileKind(bytes: Buffer): FoundFile {
  const start = bytes.subarray(0, 8).toString('hex');
  if (start.startsWith('504b0304') || start.startsWith('504b0506')) return zipKind(bytes);
  if (start.startsWith('d0cf11e0')) {
    // A workbook with a password lies in the same kind of container as the old ones.
    return { refused: bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'locked_workbook' : 'old_excel' };
  }
  // The streams of the oldest workbooks, without a container.
  if (/^09(000400|020600|040600|080[08]|0810)/.test(start)) return { refused: 'old_excel' };
  if (start.startsWith('25504446')) return { refused: 'pdf' };
  if (/^(89504e47|ffd8ff|47494638|52494646)/.test(start)) return { refused: 'picture' };
  if (/^(1f8b|377abcaf|52617221)/.test(start)) return { refused: 'archive' };
  return markupKind(bytes) ?? { kind: 'text' };
}

function zipKind(bytes: Buffer): FoundFile {
  const names = bytes.toString('latin1');
  if (names.includes('xl/workbook.bin')) return { refused: 'binary_workbook' };
  if (names.includes('application/vnd.oasis.opendocument')) return { refused: 'open_document' };
  if (names.includes('Index/Document.iwa') || names.includes('Index/Tables/')) return { refused: 'apple_numbers' };
  return /xl\/|\[Content_Types\]\.xml/.test(names) ? { kind: 'workbook' } : { refused: 'archive' };
}

function markupKind(bytes: Buffer): FoundFile | undefined {
  const head = bytes.subarray(0, 4_096);
  const text = (head.includes(0) ? head.toString('utf16le') : head.toString('latin1')).replace(/^[^<{]{0,3}\s*/, '');
  if (/^(<!doctype html|<html|<table|<meta|<head|<body|<style|<div)/i.test(text)) return { refused: 'web_page' };
  if (/^mime-version:/i.test(head.toString('latin1'))) return { refused: 'web_page' };
  if (/^<(\?xml|[\w:]+)/.test(text)) {
    if (/urn:schemas-microsoft-com:office:spreadsheet/.test(text)) return { refused: 'xml_workbook' };
    if (/<html/i.test(text)) return { refused: 'web_page' };
    if (/EPCIS/.test(text)) return { refused: 'event_document' };
  }
  return /^\{[\s\S]*"(@context|epcisBody)"/.test(text) ? { refused: 'event_document' } : undefined;
}
