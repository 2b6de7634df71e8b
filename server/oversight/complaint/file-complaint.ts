// Takes a diner's complaint: contact sealed, photo re-encoded, a ledger entry; the same form sent twice is one complaint.
import { randomUUID } from 'node:crypto';
import { PictureRefusal } from '../../../inference/picture-refusal.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { takePhoto } from '../../sight/take-photo.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import type { Lot } from '../../trace/lot/lot-store.ts';
import { openMediation } from '../mediation/open-mediation.ts';
import { routeComplaint } from '../routing/routing.ts';
import { routingNow } from '../routing/routing-store.ts';
import type { Channel, ComplaintKind } from './complaint.ts';
import { complaints } from './complaint-tables.ts';
import { newFollowCode } from './follow-code.ts';

export type NewComplaint = {
  readonly ticket: string;
  readonly siteId: string | null;
  readonly kind: ComplaintKind;
  readonly words: string;
  readonly place: string | null;
  readonly happenedAt: number;
  readonly contact: string | null;
  readonly photo: Buffer | undefined;
  /** The diner's own form when left out. */
  readonly channel?: Channel;
  readonly happenedUntil?: number | null;
  readonly settle?: 'shop_first' | 'office';
};

type FileDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'secrets' | 'eye' | 'log'>;

/** Its public id; `lot` null: none is known. Throws Problem `unreadable_picture` before anything is kept. */
export async function fileComplaint(deps: FileDeps, lot: Lot | null, complaint: NewComplaint): Promise<string> {
  const photoHash = complaint.photo === undefined ? null : await photoOf(deps, complaint.photo);
  return keepComplaint(deps, lot, complaint, photoHash);
}

type KeepDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;
type ReadComplaint = Omit<NewComplaint, 'photo'>;

/** The same, with its photo stored already or none. */
export function keepComplaint(
  deps: KeepDeps,
  lot: Lot | null,
  complaint: ReadComplaint,
  photoHash: string | null,
): string {
  const { db } = deps;
  return writeTransaction(db, () => {
    const sent = db.sqlite.prepare('SELECT public_id FROM complaint WHERE ticket = ?').pluck().get(complaint.ticket);
    if (sent !== undefined) return String(sent);
    return keep(deps, lot, complaint, photoHash);
  });
}

function keep(deps: KeepDeps, lot: Lot | null, complaint: ReadComplaint, photoHash: string | null): string {
  const { db, clock, secrets } = deps;
  const { ticket, siteId, kind, words, place, happenedAt, contact, channel = 'code' } = complaint;
  const [publicId, at] = [randomUUID(), clock()];
  const version = routingNow(db);
  const routed = routeComplaint(version.rules, { kind, words });
  const settle = complaint.settle === 'shop_first';
  const row = {
    ...{ publicId, ticket, lotId: lot?.id ?? 0, siteId, kind, words, place, happenedAt, photoHash, at, channel },
    state: 'new' as const,
    desk: routed?.rule.desk ?? '',
    deskEn: routed?.rule.deskEn ?? '',
    urgency: routed?.rule.urgency ?? 'day',
    routing: version.id,
    matched: routed?.word ?? null,
    settle: Number(settle),
    followCode: newFollowCode(),
    happenedUntil: complaint.happenedUntil ?? null,
  };
  const { id } = db.orm.insert(complaints).values(row).returning({ id: complaints.id }).get();
  if (contact !== null)
    db.sqlite
      .prepare('UPDATE complaint SET contact = ? WHERE id = ?')
      .run(seal(secrets.sealKey, contactPlace(id), contact), id);
  // The words stay out of the ledger: they may name people, and the ledger forgets nothing.
  const said = { complaint: publicId, lot: lot?.code ?? null, site: siteId, about: kind, words: sha256Hex(words) };
  const body = { ...said, photo: photoHash, channel, desk: row.desk, routing: version.id };
  appendEntry(db, { kind: 'complaint', subject: `complaint/${publicId}`, body, at });
  if (settle && siteId !== null && routed?.rule.first === 'shop')
    openMediation(db, { complaintId: id, account: null, at });
  return publicId;
}

/** Where a contact is sealed to. */
export function contactPlace(id: number) {
  return { table: 'complaint', row: id, column: 'contact' };
}

async function photoOf(deps: FileDeps, photo: Buffer): Promise<string> {
  try {
    return (await takePhoto(deps, photo)).hash;
  } catch (error) {
    if (!(error instanceof PictureRefusal)) throw error;
    throw new Problem('unreadable_picture', { faults: [{ place: '/photo', code: error.code, detail: error.message }] });
  }
}
