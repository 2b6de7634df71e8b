// The lot behind whatever was typed, pasted or scanned, or the refusal that says what to do next.

import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import type { LotCodeRefusal } from '../code/lot-code-kinds.ts';
import { linkIn } from '../code/scan-link.ts';
import { readLotSlug } from './lot-address.ts';
import { type Lot, type LotReading, type LotSearch, lotById, searchExact, wholeLot } from './lot-store.ts';

type Asked = Pick<Deps, 'db' | 'secrets'>;

/** Any spelling of a code, also the address that we print on labels of lots without a GTIN; a piece leads to its lot. */
export function searchAsked(deps: Asked, input: string): LotSearch {
  const search = searchScan(deps, input);
  return search.found === 'one' ? { found: 'one', lot: wholeLot(deps.db, search.lot) } : search;
}

/** The same where a piece stays a piece. */
export function searchScan({ db, secrets }: Asked, input: string): LotSearch {
  const slug = /^https?:\/\/[^/]+\/lot\/([0-9a-z-]{1,40})(?:[/?#]|$)/.exec(linkIn(input.trim()) ?? '')?.[1];
  const lot = slug === undefined ? undefined : lotById(db, readLotSlug(slug, secrets.linkKey) ?? 0);
  return lot === undefined ? searchExact(db, input) : { found: 'one', lot };
}

const codeMeanings: Readonly<Record<LotCodeRefusal['fault'], string>> = {
  empty: 'Give a code.',
  too_long: 'The code is too long.',
  control_characters: 'The code contains control characters.',
  no_lot: 'The code names a product without a lot; add the lot.',
  no_product: 'The code names a lot without a product; add the GTIN or the origin.',
  not_a_lot: 'The code names a place or a party, not a lot.',
  document: 'The code names a document, not a lot.',
  coupon: 'The code names a coupon, not a lot.',
  consignment: 'The code names a consignment, not a lot.',
  shipment: 'The code names a shipment, not a lot.',
  crate: 'The code names a returnable crate or pallet, not a lot.',
  asset: 'The code names equipment, not a lot.',
  part: 'The code names a part or component, not a lot.',
  person: 'The code names a person or a membership, not a lot.',
  check_digit: 'The check digit does not fit.',
  bad_value: 'A part of the code is not written correctly.',
  contradicts: 'Two parts of the code contradict each other.',
  excluded: 'Two parts of the code never stand together.',
  incomplete: 'A part of the code needs another one beside it.',
  several_in_one: 'Two codes stand in one field; give each its own.',
  separator_lost: 'The scanner sent no separators; write the code with brackets.',
  bad_link: 'The address is no valid GS1 Digital Link.',
  bad_urn: 'The URN cannot be read.',
};

/** Throws `invalid_input` for a code that cannot be read or fits several lots, `not_found` for an unknown lot; `place` names the input. */
export function findLot(deps: Asked, input: string, place = 'code'): Lot {
  const search = searchAsked(deps, input);
  if (search.found === 'one') return search.lot;
  if (search.found === 'none')
    throw new Problem('not_found', { detail: `No lot is registered under ${search.key.slice(0, 200)}.` });
  if (search.found === 'unsure') throw new Problem('invalid_input', { faults: [unsureFault(search.readings, place)] });
  throw new Problem('invalid_input', {
    faults: [search.found === 'unreadable' ? refusalFault(search.refusal, place) : severalFault(search.lots, place)],
  });
}

/** Every meaning, registered ones first, each written so that it can be sent back as it stands. */
export function unsureFault(readings: readonly LotReading[], place: string) {
  const said = readings.map(
    ({ given, code, lot }) => `${given} (${lot === undefined ? code.key : `registered as ${lot.code}`})`,
  );
  return {
    place,
    code: 'unsure',
    detail: `The code can be read in more than one way; send the one that is meant: ${said.join(' or ')}`,
  };
}

export function refusalFault(refusal: LotCodeRefusal, place: string) {
  const found = refusal.found === '' ? '' : ` (${refusal.found})`;
  return { place, code: refusal.fault, detail: `${codeMeanings[refusal.fault]}${found}` };
}

function severalFault(lots: readonly Lot[], place: string) {
  return {
    place,
    code: 'several_lots',
    detail: `${lots.length} lots fit; give one of: ${lots.map(({ code }) => code).join(' ')}`,
  };
}
