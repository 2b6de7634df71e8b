// Reads what an inspector sends from a visit: an answer to each point, photos, who signed, and the signature drawn.
import { type Fault, Problem } from '../../http/problem.ts';
import { type Answer, answers, type CheckItem } from './visit.ts';

export type FoundPoint = {
  readonly item: string;
  readonly answer: Answer;
  readonly note: string;
  readonly photo: File | undefined;
};

export type VisitForm = {
  readonly key: string;
  readonly list: number;
  readonly points: readonly FoundPoint[];
  readonly note: string;
  readonly signedName: string;
  readonly signature: File | undefined;
};

const longestNote = 1_000;
const longestName = 60;

/** The version of the list a form was filled by; undefined when it says none. */
export function listOfForm(fields: Readonly<Record<string, unknown>>): number | undefined {
  const text = textOf(fields['list']);
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

/** Throws Problem `invalid_input` with every fault at its field. */
export function readVisitForm(
  fields: Readonly<Record<string, unknown>>,
  list: number,
  items: readonly CheckItem[],
): VisitForm {
  const faults: Fault[] = [];
  const fault = (place: string, code: string, detail: string) => faults.push({ place: `/${place}`, code, detail });
  const points = items.map(({ id }): FoundPoint => {
    const answer = answers.find((known) => known === fields[`answer.${id}`]);
    const note = textOf(fields[`note.${id}`]);
    if (answer === undefined) fault(`answer.${id}`, 'unanswered', 'Say what was found at this point.');
    if (answer === 'bad' && note.length < 2) fault(`note.${id}`, 'say_what', 'Say what is wrong here.');
    if (note.length > longestNote) fault(`note.${id}`, 'too_long', `At most ${longestNote} characters.`);
    return { item: id, answer: answer ?? 'na', note, photo: fileOf(fields[`photo.${id}`]) };
  });
  const [key, note, signedName] = [textOf(fields['key']), textOf(fields['note']), textOf(fields['signedName'])];
  if (key.length < 8 || key.length > 100) fault('key', 'key', 'The form has no key: open the visit again.');
  if (signedName.length < 2 || signedName.length > longestName)
    fault('signedName', 'signed', 'Write the name of who signs for the shop.');
  if (note.length > longestNote) fault('note', 'too_long', `At most ${longestNote} characters.`);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return { key, list, points, note, signedName, signature: fileOf(fields['signature']) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function fileOf(value: unknown): File | undefined {
  return value instanceof File && value.size > 0 ? value : undefined;
}
