// Takes a delivery: each box captured as a receiving event of the caller's own place, a repeat taken once.
import { type Caller, seesSite } from '../../accounts/caller.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { readForCapture } from '../capture/capture-document.ts';
import { type CaptureDeps, captureDocument } from '../capture/capture-events.ts';
import { unsureFault } from '../lot/asked-lot-store.ts';
import { type Lot, lotByCode, searchExact } from '../lot/lot-store.ts';
import { namedSite } from '../lot/register-lot.ts';
import { type ReceiptInput, readReceipt, receiptDocument } from './receipt.ts';

export type ReceivedGoods = {
  readonly site: string;
  readonly accepted: number;
  readonly duplicate: number;
  readonly lots: readonly Lot[];
};

/** Throws Problem `invalid_input` with every fault; `not_found` for a site that is not the caller's. */
export function receiveGoods(deps: CaptureDeps, input: ReceiptInput, caller: Caller): ReceivedGoods {
  const site = siteOf(caller, input.site);
  const known = {
    ...input,
    boxes: input.boxes.map((box, index) => ({ ...box, code: knownCode(deps, box.code, `/boxes/${index}/code`) })),
  };
  const faults = known.boxes.flatMap(({ code }) => (typeof code === 'string' ? [] : [code]));
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const read = readReceipt(
    { ...input, boxes: known.boxes.map((box) => ({ ...box, code: String(box.code) })) },
    deps.clock(),
  );
  const receipt = { ...read, from: read.from === undefined ? undefined : supplierOf(deps, read.from) };
  const bytes = Buffer.from(JSON.stringify(receiptDocument(receipt, site, deps.clock())));
  const answer = captureDocument(deps, readForCapture(bytes, 'application/ld+json'), caller, { onError: 'rollback' });
  if (answer.status === 'refused')
    throw new Problem('invalid_input', { faults: answer.events.flatMap((event) => event.faults) });
  const lots = [...new Set(receipt.boxes.map(({ key }) => key))].flatMap((key) => lotByCode(deps.db, key) ?? []);
  return { site, accepted: answer.accepted, duplicate: answer.duplicate, lots };
}

/** The site that receives: named, or the only one of the caller's. */
function siteOf(caller: Caller, asked: string | undefined): string {
  const site = asked === undefined || asked === '' ? (caller.sites.length === 1 ? caller.sites[0] : undefined) : asked;
  if (site === undefined)
    throw new Problem('invalid_input', {
      faults: [{ place: '/site', code: 'missing', detail: 'Say which of your places received it.' }],
    });
  if (!seesSite(caller, site)) throw new Problem('not_found', { detail: 'No such place of yours.' });
  return site;
}

/** People write a supplier's name, programs its id: both are one place. */
function supplierOf({ db }: CaptureDeps, named: string): string {
  return /^(https?|urn):/.test(named) ? named : writeTransaction(db, () => namedSite(db, named));
}

/** A short own code that is unknown is more likely a slip than a new lot: it must be registered with its origin. */
function knownCode({ db }: CaptureDeps, code: string, place: string): string | Fault {
  const search = searchExact(db, code);
  if (search.found === 'one') return search.lot.code;
  if (search.found === 'unreadable')
    return {
      place,
      code: search.refusal.fault,
      detail: `No lot can be read from ${search.refusal.found === '' ? 'this' : search.refusal.found}.`,
    };
  if (search.found === 'several')
    return {
      place,
      code: 'several_lots',
      detail: `${search.lots.length} lots have this batch; scan the code or add the GTIN.`,
    };
  if (search.found === 'unsure') return unsureFault(search.readings, place);
  // A GS1 code stands for itself before its maker has told of it.
  if (search.key.startsWith('https://id.gs1.org/')) return search.key;
  return {
    place,
    code: 'unknown_own',
    detail: 'No lot is registered under this code; register it with its origin as goods without a code.',
  };
}
