// Looks at the pictures of the right clothes that came with the form of lookouts, and ticks what they show. Nothing is saved.
import type { Deps } from '../../deps.ts';
import type { Fault } from '../../http/problem.ts';
import { classifyPicture } from '../frame/classify-picture.ts';
import { dressAsk } from '../lookout/dress.ts';
import { type LearntColours, learntColours, picturesShown, wornBy } from '../lookout/learnt-colours.ts';
import { peopleOn } from '../lookout/people.ts';
import type { LookoutValue } from './lookout-form.ts';

export type Learnt = {
  /** As typed, with the colours that were learnt ticked. */
  readonly values: readonly LookoutValue[];
  /** By the index of the lookout whose pictures they were. */
  readonly learnt: ReadonlyMap<number, LearntColours>;
  readonly faults: readonly Fault[];
};

/** Undefined when no picture came with the form. Throws Problem('unreadable_picture') or ('busy'). */
export async function learnColours(
  { eye }: Pick<Deps, 'eye'>,
  form: Readonly<Record<string, unknown>>,
  values: readonly LookoutValue[],
): Promise<Learnt | undefined> {
  const shown = values.flatMap((value) => {
    const files = picturesIn(form, value.index);
    return value.colours === undefined || files.length === 0 ? [] : [{ value, files }];
  });
  if (shown.length === 0) return undefined;
  const learnt = new Map<number, LearntColours>();
  const faults: Fault[] = [];
  for (const { value, files } of shown) {
    const place = `lookout-${value.index}-pictures`;
    if (files.length === picturesShown) learnt.set(value.index, await learnFrom(eye, value, files, place));
    else faults.push({ place, code: 'three_pictures', detail: 'three_pictures' });
  }
  return { values: values.map((value) => ticked(value, learnt.get(value.index))), learnt, faults };
}

async function learnFrom(eye: Deps['eye'], { rule }: LookoutValue, files: readonly File[], place: string) {
  const part = rule === 'hat' ? 'head' : 'body';
  const measure = dressAsk([part === 'head' ? 'heads' : 'torsos']);
  const worn = [];
  for (const file of files) {
    const reading = await classifyPicture(eye, Buffer.from(await file.arrayBuffer()), place, { measure });
    worn.push(wornBy(peopleOn(reading, eye.packs) ?? [], part));
  }
  return learntColours(worn);
}

/** What the pictures agree on; where they do not, what was ticked stays and a person decides. */
function ticked(value: LookoutValue, learnt: LearntColours | undefined): LookoutValue {
  return learnt?.outcome === 'agree' ? { ...value, colours: learnt.colours } : value;
}

function picturesIn(form: Readonly<Record<string, unknown>>, index: number): File[] {
  const given = form[`lookout-${index}-pictures`];
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.filter((file): file is File => file instanceof File && file.size > 0);
}
