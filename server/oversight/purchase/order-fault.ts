// Faults of the forms of orders in the reader's words: what is known by its code, else by the field it stands at.
import type { Texts } from '../../../views/text/texts.ts';
import type { Fault } from '../../http/problem.ts';

const numeric = /(quantity|price|amount|celsius)$/;

export function faultsSaid(words: Texts, faults: readonly Fault[]): { place: string; detail: string }[] {
  const { faults: said } = words.purchase;
  return faults.map(({ place, code, detail }) => {
    const where = whole[place];
    const known = said[code] ?? words.trace.codeFaults[code];
    const byPlace = numeric.test(place) ? said['number'] : place === '/reason' ? said['reason'] : said['needed'];
    return { place, detail: (where === undefined ? (known ?? byPlace) : said[where]) ?? detail };
  });
}

/** A whole list that is missing. */
const whole: Readonly<Record<string, string>> = { '/lines': 'no_lines', '/parcels': 'nothing_sent' };
