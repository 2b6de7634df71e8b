// What the page and the API show of a claim: who says it, of which place and goods, and what became of it.
import type { ClaimLine } from '../../../views/trace/claim/claims-page.tsx';
import { namesOf } from '../../accounts/account-store.ts';
import type { Db } from '../../store/db.ts';
import { rereadEvent } from '../capture/capture-document.ts';
import { hashUri } from '../chain/chain-store.ts';
import { type Line, linksOf } from '../event/chain-links.ts';
import { shortOf } from '../lot/lot-name.ts';
import { lotByCode } from '../lot/lot-store.ts';
import { placesOf } from '../place/place-store.ts';
import type { Claim } from './claim-store.ts';

const mostGoods = 12;

export function claimLines(db: Db, claims: readonly Claim[]): ClaimLine[] {
  const places = placesOf(db, [...new Set(claims.map(({ siteId }) => siteId))]);
  const names = namesOf(
    db,
    claims.flatMap(({ accountId }) => accountId ?? []),
  );
  return claims.map((claim) => ({
    eventId: claim.eventId,
    at: claim.at,
    recordedAt: claim.recordedAt,
    step: claim.kind === 'TransformationEvent' ? 'transforming' : claim.bizStep,
    kind: claim.kind,
    hash: hashUri(claim.hash),
    place: places.get(claim.siteId) ?? {
      id: claim.siteId,
      name: null,
      nameEn: null,
      kind: null,
      address: null,
      addressEn: null,
    },
    by: claim.accountId === null ? null : (names.get(claim.accountId) ?? null),
    state: claim.voided === 'voided' ? 'withdrawn' : (claim.decision ?? 'open'),
    decidedAt: claim.decidedAt,
    goods: goodsOf(db, claim),
  }));
}

/** By the code alone: naming a lot in a claim tells whoever named it nothing more of it. */
function goodsOf(db: Db, { json, context }: Claim): ClaimLine['goods'] {
  const { passage, mixture, containerChange, mentions } = linksOf(rereadEvent(json, context));
  const lines: readonly Line[] =
    passage?.lines ??
    (mixture === undefined ? containerChange?.lines : [...mixture.inputs, ...mixture.outputs]) ??
    mentions.map(({ epc }) => ({ epc, quantity: undefined, unit: undefined }));
  return lines.slice(0, mostGoods).map(({ epc, quantity, unit }) => {
    const lot = lotByCode(db, epc.uri);
    return {
      batch: lot === undefined ? (epc.lot ?? epc.serial ?? epc.given) : shortOf(lot),
      code: epc.uri,
      quantity: quantity ?? null,
      unit: unit ?? null,
    };
  });
}
