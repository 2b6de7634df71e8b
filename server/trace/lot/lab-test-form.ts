// Reads a laboratory test from JSON, or from the form with the report as a file: a PDF, or a photo of the paper.
import type { Context } from 'hono';
import { PictureRefusal } from '../../../inference/picture-refusal.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, jsonBody } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { formFields } from '../../http/upload-form.ts';
import { takePhoto } from '../../sight/take-photo.ts';
import { readDay } from '../sheet/day-text.ts';
import { labTestSchema } from './lot-schemas.ts';
import type { NewLabTest } from './record-lab-test.ts';

type FormDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'eye' | 'log'>;
export type ReadLabTest = Omit<NewLabTest, 'lotId'>;

/** Throws Problem `invalid_input` naming every fault; a report that cannot be read is refused before anything is stored. */
export async function readLabTest(c: Context<Env>, deps: FormDeps): Promise<ReadLabTest> {
  if ((c.req.header('content-type') ?? '').includes('json'))
    return testOf(check(labTestSchema, await jsonBody(c)), deps);
  const fields = await formFields(c);
  const texts = Object.entries(fields).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
  );
  const { testedAt, ...typed } = Object.fromEntries(texts);
  const day = testedAt === undefined ? undefined : readDay(testedAt);
  const unread: Fault[] = day === undefined || day.ok ? [] : [dayFault];
  const test = testOf(
    check(labTestSchema, typed, () => unread),
    deps,
    day?.ok === true ? day.at : undefined,
  );
  const fileHash = await reportOf(fields['report'], deps);
  return fileHash === undefined ? test : { ...test, fileHash };
}

const dayFault: Fault = { place: '/testedAt', code: 'not_a_time', detail: 'Write the day as 2026-11-30.' };

function testOf(
  { subject, result, detail, laboratory, testedAt }: ReturnType<typeof labTestSchema.parse>,
  { clock }: Pick<Deps, 'clock'>,
  day?: number,
): ReadLabTest {
  const at = day ?? (testedAt === undefined ? clock() : Date.parse(testedAt));
  if (at > clock() + dayMs)
    throw new Problem('invalid_input', {
      faults: [{ place: '/testedAt', code: 'future', detail: 'The test lies in the future.' }],
    });
  return { subject, result, testedAt: at, ...(detail ? { detail } : {}), ...(laboratory ? { laboratory } : {}) };
}

const dayMs = 86_400_000;
const pdfBegins = Buffer.from('%PDF-');

/** The hash under which the report is kept. */
async function reportOf(file: unknown, deps: FormDeps): Promise<string | undefined> {
  if (!(file instanceof File) || file.size === 0) return undefined;
  const bytes = Buffer.from(await file.arrayBuffer());
  // Some programs write a few bytes before the head of a PDF.
  if (bytes.subarray(0, 1_024).includes(pdfBegins)) return deps.blobs.put(bytes);
  try {
    return (await takePhoto(deps, bytes)).hash;
  } catch (error) {
    if (!(error instanceof PictureRefusal)) throw error;
    const detail = 'The report is neither a PDF nor a photo that can be read: send it as PDF, JPEG, PNG or WebP.';
    throw new Problem('invalid_input', { faults: [{ place: '/report', code: 'not_a_report', detail }] });
  }
}
