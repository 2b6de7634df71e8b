// Which column each heading of a sheet stands for: by the dictionary, by what its sender said before, or to be asked.

import { unitWord } from '../code/unit-word.ts';
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
  const chosen = Object.hasOwn(choices, plain) ? choices[plain] : undefined;
  const meaning = chosen ?? names.get(name);
  const near = meaning === undefined ? nearName(name, lotNames) : undefined;
  const nearest = near === undefined ? undefined : names.get(near);
  return {
    ...heading,
    plain,
    meaning,
    how: chosen !== undefined ? 'chosen' : meaning === undefined ? 'asked' : 'known',
    near: nearest === 'idle' ? undefined : nearest,
    unit: remarks.find((remark) => unitWord(remark) !== undefined) ?? impliedUnits.get(name),
  };
}

/** What was said that the dictionary or the memory does not say already. */
export function newChoices(said: HeadingChoices, remembered: HeadingChoices): HeadingChoices {
  return Object.fromEntries(
    Object.entries(said).filter(([plain, meaning]) => Object.hasOwn(remembered, plain) || names.get(plain) !== meaning),
  );
}
