// Which column each heading of a sheet stands for: by the dictionary, by what its sender said before, or to be asked; and rows that are none of theirs.

import { unitWord } from '../code/unit-word.ts';
import type { Cell } from '../sheet/cell.ts';
import { headingName, nearName } from '../sheet/heading-name.ts';
import type { SheetHeading } from '../sheet/heading-row.ts';
import { idleHeadings, type LotColumn, lotHeadings, unitsInHeadings } from './lot-headings.ts';

/** What a heading stands for: a column of lots, or nothing that is kept. */
export type HeadingMeaning = LotColumn | 'idle';

/** What a person said of headings, by their plain name. */
export type HeadingChoices = Readonly<Record<string, HeadingMeaning>>;

export type MappedHeading = SheetHeading & {
  /** The name by which a choice is remembered. */
  readonly plain: string;
  /** Undefined: nobody knows yet. */
  readonly meaning: HeadingMeaning | undefined;
  readonly how: 'known' | 'chosen' | 'asked';
  /** What it may stand for, where that has to be asked. */
  readonly near: LotColumn | undefined;
  /** The meanings of a heading that names several at once: `供货商/联系电话`. */
  readonly both: readonly LotColumn[];
  /** The unit the heading names: `数量(kg)`, `箱数`. */
  readonly unit: string | undefined;
};

export function isLotColumn(name: string): name is LotColumn {
  return Object.hasOwn(lotHeadings, name);
}

const names = new Map<string, HeadingMeaning>();
for (const name of idleHeadings) names.set(headingName(name).plain, 'idle');
for (const [column, known] of Object.entries(lotHeadings)) {
  for (const name of known) names.set(headingName(name).plain, column as LotColumn);
}
names.delete('');
const lotNames = [...names].filter(([, meaning]) => meaning !== 'idle').map(([name]) => name);
const impliedUnits = new Map(Object.entries(unitsInHeadings).map(([name, unit]) => [headingName(name).plain, unit]));

/** Whether a heading is known by the dictionary or by what was said of it. */
export function knowsHeading(choices: HeadingChoices): (name: string) => boolean {
  return (name) => {
    const { plain } = headingName(name);
    return names.has(plain) || Object.hasOwn(choices, plain);
  };
}

/** `nth`: which of its namesakes in the sheet it is, from 1; each can be said to hold something else. */
export function mapHeading(heading: SheetHeading, nth: number, choices: HeadingChoices): MappedHeading {
  const { plain: name, remarks } = headingName(heading.name);
  const plain = nth === 1 ? name : `${name}#${nth}`;
  const both = meaningsIn(name, remarks);
  const chosen = Object.hasOwn(choices, plain) ? choices[plain] : undefined;
  const meaning = chosen ?? (isDayOrLot(both) ? 'dayOrLot' : names.get(name));
  const near = meaning === undefined ? nearName(name, lotNames) : undefined;
  const nearest = near === undefined ? undefined : names.get(near);
  return {
    ...heading,
    plain,
    meaning,
    how: chosen !== undefined ? 'chosen' : meaning === undefined ? 'asked' : 'known',
    near: nearest === 'idle' ? undefined : nearest,
    both: meaning === undefined && both.length > 1 ? both : [],
    unit: remarks.find((remark) => unitWord(remark) !== undefined) ?? impliedUnits.get(name),
  };
}

/** What the parts of a heading mean, where it has several: `供货商/电话`, `生产日期（批号）`. */
function meaningsIn(name: string, remarks: readonly string[]): LotColumn[] {
  const parts = [...name.split(/[/／、,，&+|]|或者|或|及|和|与/u), ...remarks].filter((part) => part !== '');
  const meant = parts.map((part) => names.get(headingName(part).plain)).filter((one) => one !== undefined);
  return meant.length < 2 ? [] : [...new Set(meant)].filter((one) => one !== 'idle');
}

function isDayOrLot(meanings: readonly LotColumn[]): boolean {
  const [one, other] = meanings;
  const isLot = (column: LotColumn | undefined) => column === 'lot' || column === 'batch';
  return meanings.length === 2 && ((one === 'producedAt' && isLot(other)) || (other === 'producedAt' && isLot(one)));
}

/** What was said that the dictionary or the memory does not say already. */
export function newChoices(said: HeadingChoices, remembered: HeadingChoices): HeadingChoices {
  return Object.fromEntries(
    Object.entries(said).filter(([plain, meaning]) => Object.hasOwn(remembered, plain) || names.get(plain) !== meaning),
  );
}

const totals = /^(合计|总计|小计|本页合计|本页小计|累计|共计|total|totals|sum|subtotal|grandtotal)$/;
const signed =
  /^(制表|制表人|审核|审核人|填表|填表人|填报人|经办|经办人|负责人|验收人|记录人|采购员|单位盖章|盖章|签字|备注|说明|注|填表说明|preparedby|checkedby|approvedby|notes?)[:：]/;

/** Rows of a table that are no lots: totals, signatures, notes under the table, and headings printed again on each page. */
export function isNoLot(cells: readonly Cell[], headings: readonly MappedHeading[]): boolean {
  const texts = cells.map(({ text }) => text);
  const first = texts.find((text) => text !== '' && !/^\d{1,5}$/.test(text)) ?? '';
  const plain = first.replace(/\s+/g, '').toLowerCase();
  if (totals.test(headingName(first).plain) || signed.test(plain)) return true;
  const repeated = headings.filter(({ column, name }) => texts[column] === name);
  return repeated.length >= 2 && repeated.length === headings.length;
}
