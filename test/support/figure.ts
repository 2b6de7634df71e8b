// What a long run measured, one line a promise, for the table of promises (docs/promises.md).
import { appendFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.out/', import.meta.url));

/** Says the figure of a promise, and keeps it in test/.out/figures.txt. */
export function figure(promise: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  const line = `${promise}: ${text}\n`;
  appendFileSync(`${folder}figures.txt`, line);
  process.stdout.write(line);
}
