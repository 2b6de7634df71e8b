// A pulse of NIST's beacon as it was published, with the certificate that signed it.
import { readFileSync } from 'node:fs';

type Published = { readonly pulse: Readonly<Record<string, unknown>>; readonly certificate: string };

export const published = JSON.parse(
  readFileSync(new URL('../vectors/nist-pulse.json', import.meta.url), 'utf8'),
) as Published;
export const pulseAt = Date.parse('2018-08-30T17:44:00Z');
export const certificateOfNist = String(published.pulse['certificateId']);

/** What is pasted: the answer, and the certificate below it. */
export function pasted(changed: Readonly<Record<string, unknown>> = {}, certificate = published.certificate): string {
  return `${JSON.stringify({ pulse: { ...published.pulse, ...changed } })}\n${certificate}`;
}
