// Reads a diner's complaint from its form: every fault at once, in the reader's words, and nothing a program would send.

import type { Context } from 'hono';
import { dayMs } from '../../clock.ts';
import type { Env } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { complaintKinds, complaintLimits, linksIn } from './complaint.ts';
import type { NewComplaint } from './file-complaint.ts';

export type ReadComplaint = {
  /** The lot's public path, as the form had it. */
  readonly code: string;
  readonly at: string;
  readonly values: Readonly<Record<string, string>>;
  readonly photo: Buffer | undefined;
};

/** Throws Problem when the body is no form at all. */
export async function readComplaintForm(c: Context<Env>): Promise<ReadComplaint> {
  const form = await c.req.parseBody().catch(() => {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  });
  const values = Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const photo = form['photo'];
  return {
    code: (values['code'] ?? '').slice(0, 300),
    at: (values['at'] ?? '').slice(0, 80),
    values,
    photo: photo instanceof File && photo.size > 0 ? Buffer.from(await photo.arrayBuffer()) : undefined,
  };
}

export type CheckedComplaint =
  | { readonly ok: true; readonly complaint: Omit<NewComplaint, 'siteId' | 'photo'> }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Codes of faults are the keys of the words that say them. */
export function checkComplaint(values: ReadComplaint['values'], now: number): CheckedComplaint {
  const { leastWords, mostWords, mostPlace, mostContact, oldestMs, mostLinks } = complaintLimits;
  const faults: Fault[] = [];
  const fault = (place: string, code: string, detail: string) => faults.push({ place: `/${place}`, code, detail });
  const text = (name: string) => (values[name] ?? '').trim();
  const kind = complaintKinds.find((known) => known === values['kind']);
  const words = text('words');
  const day = Date.parse(`${text('when')}T00:00:00+08:00`);
  if (kind === undefined) fault('kind', 'kind', 'Choose what it is about.');
  if (words.length < leastWords || words.length > mostWords)
    fault('words', 'words', `${leastWords} to ${mostWords} characters.`);
  else if (linksIn(words) > mostLinks) fault('words', 'links', 'Too many links.');
  if (Number.isNaN(day) || day > now || day < now - oldestMs - dayMs) fault('when', 'when', 'Within the last 90 days.');
  if (text('place').length > mostPlace) fault('place', 'too_long', `At most ${mostPlace} characters.`);
  if (text('contact').length > mostContact) fault('contact', 'too_long', `At most ${mostContact} characters.`);
  if (text('website') !== '') fault('website', 'trap', 'This field stays empty.');
  if (kind === undefined || faults.length > 0) return { ok: false, faults };
  const [place, contact] = [text('place'), text('contact')];
  return {
    ok: true,
    complaint: {
      ticket: text('ticket'),
      kind,
      words,
      place: place === '' ? null : place,
      happenedAt: day,
      contact: contact === '' ? null : contact,
    },
  };
}
