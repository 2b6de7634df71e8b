// Has one picture of a stranger looked at; whatever is wrong with it is a refusal with its reason.
import { JobCrashed, JobDropped } from '../../../inference/crew.ts';
import { PictureRefusal } from '../../../inference/picture-refusal.ts';
import type { ClassifiedFrame, ClassifyOptions, Pool } from '../../../inference/types.ts';
import { Problem } from '../../http/problem.ts';

/** `place` is where the picture stood in the request. Throws Problem('unreadable_picture') or ('busy'). */
export async function classifyPicture(
  eye: Pool,
  bytes: Buffer,
  place: string,
  options: ClassifyOptions = {},
): Promise<ClassifiedFrame> {
  try {
    return await eye.classify(bytes, options);
  } catch (error) {
    throw refusalOf(error, place);
  }
}

/** The refusal that a picture's fault is; any other error stays what it is. */
export function refusalOf(error: unknown, place: string): unknown {
  if (error instanceof JobDropped)
    return new Problem('busy', { detail: error.message, headers: { 'retry-after': '5' } });
  // A picture that ends its worker each time is the picture's fault.
  const code = error instanceof PictureRefusal ? error.code : error instanceof JobCrashed ? 'crashed' : undefined;
  if (code === undefined || !(error instanceof Error)) return error;
  return new Problem('unreadable_picture', { detail: error.message, faults: [{ place, code, detail: error.message }] });
}
