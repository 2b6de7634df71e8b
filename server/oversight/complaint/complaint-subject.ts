// What a diner's complaint is about: the lot or the place whose public address the form was opened from.
import type { ComplaintSubject } from '../../../views/oversight/complaint-form-page.tsx';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { publicPlace } from '../../trace/diner/public-code-store.ts';
import { lotPath, readLotSlug } from '../../trace/lot/lot-address.ts';
import { type Lot, lotById, searchLot } from '../../trace/lot/lot-store.ts';
import { type Complaint, placesOfLot } from './complaint-store.ts';

export type Reported = {
  /** Null: it is about a place as such. */
  readonly lot: Lot | null;
  readonly siteId: string | null;
  readonly shown: ComplaintSubject;
};

type SubjectDeps = Pick<Deps, 'db' | 'secrets'>;

/** The thing whose public path it is. Throws Problem `not_found`. */
export function reportedThing(deps: SubjectDeps, path: string): Reported {
  const gln = /^\/414\/(\d{13})$/.exec(path)?.[1];
  const shown = gln === undefined ? undefined : placeShown(deps.db, gln);
  if (gln !== undefined && shown !== undefined) return { lot: null, siteId: gln, shown };
  const lot = lotAt(deps, path);
  if (lot === undefined) throw new Problem('not_found');
  return { lot, siteId: null, shown: lotShown(deps, lot) };
}

function lotAt({ db, secrets }: SubjectDeps, path: string): Lot | undefined {
  const slug = /^\/lot\/([0-9a-z-]{1,60})$/.exec(path)?.[1];
  if (slug !== undefined) return lotById(db, readLotSlug(slug, secrets.linkKey) ?? 0);
  if (!/^\/(?:01|00)\//.test(path) || path.length > 300) return undefined;
  const search = searchLot(db, `https://id.gs1.org${path}`);
  return search.found === 'one' ? search.lot : undefined;
}

/** The place it happened at: the one reported, or the one the code named, when the lot was ever there. */
export function placeTold(db: Db, { lot, siteId }: Reported, at: string): string | null {
  if (lot === null) return siteId;
  return placesOfLot(db, lot.id).some(({ id }) => id === at) ? at : null;
}

/** Null: what it was about is not shown to whoever follows it. */
export function aboutComplaint(
  deps: SubjectDeps,
  { lotId, siteId, channel }: Pick<Complaint, 'lotId' | 'siteId' | 'channel'>,
): ComplaintSubject | null {
  const lot = lotById(deps.db, lotId);
  if (lot !== undefined) return lotShown(deps, lot);
  // Whom a clerk or another system found the complaint to concern is the office's to tell.
  return siteId === null || channel !== 'code' ? null : (placeShown(deps.db, siteId) ?? null);
}

function lotShown({ secrets }: SubjectDeps, lot: Lot): ComplaintSubject {
  return {
    productName: lot.name,
    productNameEn: lot.nameEn,
    batch: lot.originBatch ?? lot.batch ?? lot.serial ?? lot.code,
    href: lotPath(lot, secrets.linkKey),
  };
}

function placeShown(db: Db, gln: string): ComplaintSubject | undefined {
  const place = publicPlace(db, gln);
  return place && { productName: place.name, productNameEn: place.nameEn, batch: '', href: `/414/${gln}` };
}
