// Entities of XML turned into their characters; none but the five of the standard and numbers.
import { addFault } from './fault.ts';
import type { Building } from './xml-source.ts';

export const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export function decoded(text: string, building: Building): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9A-Fa-f]{1,6}|#\d{1,7}|[^;\s]{1,32});?/g, (whole, name: string) => {
    const character = name.startsWith('#') ? characterOf(name) : entities[name];
    if (character !== undefined && whole.endsWith(';')) return character;
    addFault(building.faults, '/', 'xml_entity', `the entity ${whole.slice(0, 40)} is not known`);
    return '';
  });
}

function characterOf(name: string): string | undefined {
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const allowed =
    code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff));
  return allowed ? String.fromCodePoint(code) : undefined;
}
