// Reads the tables of our own documents, so that a page says what the document says.

/** The cells of every table row under its heading, without heads and rules. */
export function tablesOf(text: string): { readonly heading: string; readonly rows: readonly (readonly string[])[] }[] {
  const sections = text.split(/^## /m).slice(1);
  return sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const rows = lines.filter((line) => line.startsWith('| ')).map(cellsOf);
    return { heading: heading.trim(), rows: rows.slice(1) };
  });
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\| | \|$/g, '')
    .split(' | ')
    .map((cell) => cell.trim());
}

/** `English · 中文` in its two halves. */
export function bothLanguages(text: string): { readonly en: string; readonly zh: string } {
  const at = text.lastIndexOf(' · ');
  return at === -1 ? { en: text, zh: text } : { en: text.slice(0, at), zh: text.slice(at + 3) };
}

/** Text without the marks of markdown. */
export function unmarked(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}
