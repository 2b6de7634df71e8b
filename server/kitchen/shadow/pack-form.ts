// Reads the forms of the pages about model packs.
import type { Context } from 'hono';
import { z } from 'zod';
import { Problem } from '../../http/problem.ts';
import { setLimits } from '../pack/pack-set.ts';
import type { GivenFile } from '../pack/unpack-packs.ts';
import { sides } from './comparison.ts';

const longestName = 200;
const saidKinds = ['present', 'absent', 'unsure', 'none'] as const;
const blankAsUnset = (value: unknown) => (value === '' ? undefined : value);

export const disagreementQuery = z.object({
  violation: z.preprocess(blankAsUnset, z.string().max(60).optional()),
  by: z.preprocess(blankAsUnset, z.enum(sides).optional()),
  said: z.preprocess(blankAsUnset, z.enum(saidKinds).optional()),
  n: z.preprocess(blankAsUnset, z.coerce.number().int().min(1).max(100_000).default(1)),
});

export const shareForm = z.object({ percent: z.coerce.number().min(0).max(100).default(20) });
export const promotionForm = z.object({ reason: z.string().max(setLimits.longestReason).default('') });

export type GivenPacks = { readonly files: GivenFile[]; readonly note: string; readonly alone: boolean };

/** Every file of an upload, with what was said of it. Throws Problem when the form cannot be read. */
export async function readPackForm(c: Context): Promise<GivenPacks> {
  const form = await c.req.parseBody({ all: true }).catch(() => {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  });
  const values = Object.values(form).flat();
  const given = values.filter((value): value is File => value instanceof File && value.size > 0);
  const files = await Promise.all(
    given.slice(0, setLimits.mostFiles + 1).map(async (file) => ({
      name: file.name.slice(0, longestName),
      bytes: Buffer.from(await file.arrayBuffer()),
    })),
  );
  const note = typeof form['note'] === 'string' ? form['note'] : '';
  return { files, note, alone: form['alone'] === '1' || form['alone'] === 'true' };
}

/** `<pack> <violation>` → threshold, from a form's fields; a blank field changes nothing. */
export function readThresholdForm(form: Readonly<Record<string, unknown>>): Record<string, number> {
  const fields = Object.entries(form).filter(
    (entry): entry is [string, string] =>
      entry[0].includes(' ') && typeof entry[1] === 'string' && entry[1].trim() !== '',
  );
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(0, longestName), Number(value)]));
}
