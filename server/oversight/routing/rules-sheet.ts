// Rules of routing from a sheet as an office keeps it: a rule a row under headings, written as the lines that people edit.
import { Problem } from '../../http/problem.ts';
import { filledRows } from '../../trace/sheet/fill-cells.ts';
import { headingName } from '../../trace/sheet/heading-name.ts';
import { findHeadings } from '../../trace/sheet/heading-row.ts';
import { readSheetFile } from '../../trace/sheet/sheet-file.ts';
import { mostRules } from './routing-text.ts';

const fields = ['desk', 'deskEn', 'first', 'urgency', 'kinds', 'words'] as const;
type Field = (typeof fields)[number];

/** As offices head their columns. */
const headings: Readonly<Record<Field, readonly string[]>> = {
  desk: ['部门', '责任部门', '责任科室', '承办部门', '承办科室', 'desk'],
  deskEn: ['英文名', 'desk in english', 'desk_en'],
  first: ['先找谁', '首问', '先由谁办', 'first'],
  urgency: ['时限', '紧急程度', '办理时限', 'urgency'],
  kinds: ['类别', '问题类别', 'kinds'],
  words: ['关键词', '事项', '投诉事项', 'words', 'keywords'],
};
const fieldOf = new Map(
  fields.flatMap((field) => headings[field].map((name) => [headingName(name).plain, field] as const)),
);
const meant: Readonly<Record<string, string>> = {
  商家: 'shop',
  经营者: 'shop',
  检查员: 'inspector',
  执法人员: 'inspector',
  立即: 'at_once',
  立即办理: 'at_once',
  当天: 'day',
  '1 天': 'day',
  一天内: 'day',
  常规: 'routine',
  一般: 'routine',
};
const usually: Readonly<Partial<Record<Field, string>>> = { first: 'inspector', urgency: 'day' };
const bounds = { rows: mostRules + 50, columns: 40 };

/** The rules a line each, not yet read. Throws Problem `invalid_input` for a file that is no sheet, or has no such columns. */
export function rulesTextOfSheet(bytes: Buffer): string {
  const knows = (name: string) => fieldOf.has(plainOf(name));
  const { sheets } = readSheetFile(bytes, knows, bounds);
  for (const sheet of sheets) {
    const found = findHeadings(sheet, knows);
    const columns = new Map(
      found?.headings.flatMap(({ column, name }) => {
        const field = fieldOf.get(plainOf(name));
        return field === undefined ? [] : [[field, column] as const];
      }),
    );
    if (found === undefined || !columns.has('desk') || !columns.has('words')) continue;
    return filledRows(sheet, found.lastRow + 1)
      .map((cells) => fields.map((field) => partOf(field, cells[columns.get(field) ?? -1]?.text ?? '')))
      .filter((parts) => parts.some((part, index) => part !== (usually[fields[index] ?? 'desk'] ?? '')))
      .map((parts) => parts.join(' | '))
      .join('\n');
  }
  throw new Problem('invalid_input', {
    faults: [{ place: '/file', code: 'rule_headings', detail: 'The sheet needs columns headed desk and words.' }],
  });
}

function plainOf(name: string): string {
  return headingName(name).plain;
}

function partOf(field: Field, text: string): string {
  const part = text.replaceAll(/[|｜\r\n]+/g, ' ').trim();
  return part === '' ? (usually[field] ?? '') : (meant[part] ?? part);
}
