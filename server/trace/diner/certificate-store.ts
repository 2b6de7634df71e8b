// Certificates of a lot and of everything it was made from: those of a carcass show on every cut.
import type { Db } from '../../store/db.ts';
import { traceLot } from '../chain/chain-store.ts';

export type LotCertificate = {
  readonly kind: 'quarantine' | 'quality' | 'laboratory' | 'customs' | 'other';
  readonly number: string;
  readonly issuer: string | null;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
  readonly uri: string | null;
  readonly fileHash: string | null;
  /** The lot it was issued for, and how many transformations lie between. */
  readonly code: string;
  readonly depth: number;
};

const followedHoldings = 2_000;

/** Nearest first, at most 200; `lotId` itself has depth 0. */
export function certificatesOf(db: Db, lotId: number): LotCertificate[] {
  const { lots } = traceLot(db, { lotId, direction: 'backward', maxHoldings: followedHoldings });
  return certificatesOfLots(
    db,
    lots.map((lot) => ({ lotId: lot.lotId, depth: lot.depth })),
  );
}

/** The same for a chain that was traced already. */
export function certificatesOfLots(
  db: Db,
  lots: readonly { readonly lotId: number; readonly depth: number }[],
): LotCertificate[] {
  const depths = new Map(lots.map((lot) => [lot.lotId, lot.depth]));
  const rows = db.sqlite
    .prepare(
      `SELECT l.id AS lotId, l.code, c.kind, c.number, c.issuer, c.issued_at AS issuedAt, c.expires_at AS expiresAt, c.uri, c.file_hash AS fileHash
       FROM json_each(?) j CROSS JOIN lot_certificate x ON x.lot_id = j.value CROSS JOIN certificate c ON c.id = x.certificate_id
         CROSS JOIN lot l ON l.id = x.lot_id`,
    )
    .all(JSON.stringify([...depths.keys()])) as (Omit<LotCertificate, 'depth'> & { lotId: number })[];
  return rows
    .map(({ lotId, ...row }) => ({ ...row, depth: depths.get(lotId) ?? 0 }))
    .sort((a, b) => a.depth - b.depth || (a.number < b.number ? -1 : 1))
    .slice(0, 200);
}
