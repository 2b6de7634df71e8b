// Reads the documents of the repository as tests need them: fenced blocks with their language and line, headings, links.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Block = { readonly language: string; readonly text: string; readonly line: number };

/** The fenced blocks of a document, in their order. `path` is relative to the repository. */
export function blocksOf(path: string): Block[] {
  const blocks: Block[] = [];
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of readFileSync(join(root, path), 'utf8').split('\n').entries()) {
    const fence = /^```(\S*)/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === undefined) open = { language: fence[1] ?? '', line: index + 1, lines: [] };
    else {
      blocks.push({ language: open.language, text: `${open.lines.join('\n')}\n`, line: open.line });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${path}: the block of line ${open.line} does not end.`);
  return blocks;
}

export type Example = { readonly line: number; readonly command: string; readonly prints: string | undefined };

/** Every `sh` block, with the `text` block that follows it: what it prints. */
export function examplesOf(path: string): Example[] {
  const blocks = blocksOf(path);
  return blocks.flatMap(({ language, text, line }, index) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    return [{ line, command: text, prints: next?.language === 'text' ? next.text : undefined }];
  });
}

/** Whether a command printed what the document says; `…` there stands for anything. */
export function printsAsWritten(written: string, printed: string): boolean {
  const parts = written.trim().split('…');
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s\\S]*');
  return new RegExp(`^${pattern}$`).test(printed.trim());
}

/** The rows of the table whose first heading is `heading`, cell by cell. */
export function tableOf(path: string, heading: string): string[][] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start < 0) throw new Error(`${path} has no table that begins with ${heading}.`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
