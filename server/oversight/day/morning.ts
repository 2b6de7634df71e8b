// The morning check (晨检): each person who handles food is looked at, and the day says of each how it stood.
import type { Fault } from '../../http/problem.ts';

/** `well`: no fever, no diarrhoea, no wound on the hands; `away`: not at work today. */
export const morningStates = ['well', 'away', 'unwell'] as const;
export type MorningState = (typeof morningStates)[number];

export type Morning = {
  readonly answer: 'ok' | 'exception';
  readonly values: Readonly<Record<'staff' | MorningState, number>>;
  readonly people: ReadonlyMap<number, MorningState>;
};

/** `staff`: who is registered at the shop. No press answers for all of them: each one is looked at. */
export function morningOf(
  staff: readonly number[],
  given: Readonly<Record<string, MorningState>>,
): { readonly morning: Morning; readonly faults: readonly Fault[] } {
  const people = new Map(
    staff.flatMap((id) => {
      const state = given[String(id)];
      return state === undefined ? [] : [[id, state] as const];
    }),
  );
  const faults = staff
    .filter((id) => !people.has(id))
    .map((id): Fault => ({ place: `/staff/${id}`, code: 'unlooked', detail: 'Say how this person is this morning.' }));
  const count = (state: MorningState) => [...people.values()].filter((each) => each === state).length;
  const values = { staff: staff.length, well: count('well'), away: count('away'), unwell: count('unwell') };
  return { morning: { answer: values.unwell > 0 ? 'exception' : 'ok', values, people }, faults };
}
