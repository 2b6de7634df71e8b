// Reads the file of a form that came with one.
import type { Context } from 'hono';
import { Problem } from './problem.ts';

export function isMultipart(c: Context): boolean {
  return (c.req.header('content-type') ?? '').startsWith('multipart/form-data');
}

/** The fields of a form. Throws Problem when it cannot be read. */
export function formFields(c: Context): Promise<Record<string, unknown>> {
  return readFields(c, {});
}

/** The same; a name that comes several times gives a list. */
export function repeatedFields(c: Context): Promise<Record<string, unknown>> {
  return readFields(c, { all: true });
}

async function readFields(c: Context, options: { all?: true }): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody(options);
  } catch {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  }
}

/** The bytes of a form's first file that holds any. */
export async function uploadedFile(c: Context): Promise<Buffer | undefined> {
  if (!isMultipart(c)) return undefined;
  const file = Object.values(await formFields(c)).find((value) => value instanceof File && value.size > 0);
  return file instanceof File ? Buffer.from(await file.arrayBuffer()) : undefined;
}
