// What was typed into a form of the complaints desk, and its faults in the reader's words.
import type { Context } from 'hono';
import { say } from '../../../views/text/say.ts';
import type { Env } from '../../deps.ts';
import type { Fault } from '../../http/problem.ts';
import { formFields } from '../../http/upload-form.ts';

const longest = 20_000;
/** Hundreds of rules are one field. */
const longestRules = 500_000;

export async function typedFields(c: Context<Env>): Promise<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(await formFields(c)).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.slice(0, name === 'rules' ? longestRules : longest)]] : [],
    ),
  );
}

export function saidFaults(c: Context<Env>, faults: readonly Fault[]) {
  const words = c.get('words');
  const { mediation, complaints, trace } = words;
  return faults.map(({ place, code, detail }) => {
    const line = /^\/rules\/(\d+)$/.exec(place)?.[1];
    const said = mediation.faults[code] ?? complaints.faults[code] ?? trace.faults[code] ?? say(words, detail);
    return line === undefined ? { place, detail: said } : { place: '/rules', detail: mediation.lineFault(line, said) };
  });
}
