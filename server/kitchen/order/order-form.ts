// Reads the form an owner answers an order with: a photo and a few words.
import type { Context } from 'hono';
import { Problem } from '../../http/problem.ts';
import { formFields, isMultipart } from '../../http/upload-form.ts';

const longestText = 500;

/** Throws Problem naming the photo when there is none, and the text when it is too long. */
export async function readAnswerForm(c: Context): Promise<{ photo: Buffer; text: string; key: string | undefined }> {
  if (!isMultipart(c))
    throw new Problem('wrong_media_type', { detail: 'Send a form with the photo in it (multipart/form-data).' });
  const { photo, text, key } = await formFields(c);
  if (!(photo instanceof File) || photo.size === 0) {
    throw new Problem('invalid_input', { faults: [{ place: '/photo', code: 'missing', detail: 'Choose a photo.' }] });
  }
  const said = typeof text === 'string' ? text.trim() : '';
  // Cut, it would say something else than the owner did.
  if (said.length > longestText)
    throw new Problem('invalid_input', {
      faults: [
        { place: '/text', code: 'too_long', detail: `At most ${longestText} characters; it has ${said.length}.` },
      ],
    });
  const bytes = Buffer.from(await photo.arrayBuffer());
  const given = typeof key === 'string' && key !== '' ? key.slice(0, 100) : c.req.header('idempotency-key');
  return { photo: bytes, text: said, key: given };
}
