// Takes a diner's complaint: contact sealed, photo re-encoded, a ledger entry; the same form sent twice is one complaint.
import { randomUUID } from 'node:crypto';
import { PictureRefusal } from '../../../inference/image.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { takePhoto } from '../../sight/take-photo.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import type { Lot } from '../../trace/lot/lot-store.ts';
import type { ComplaintKind } from './complaint.ts';

export type NewComplaint = {
  readonly ticket: string;
  readonly siteId: string | null;
  readonly kind: ComplaintKind;
  readonly words: string;
  readonly place: string | null;
  readonly happenedAt: number;
  readonly contact: string | null;
  readonly photo: Buffer | undefined;
};

type FileDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'secrets' | 'eye' | 'log'>;

/** Its public id. Throws Problem `unreadable_picture` before anything is kept. */
export async function fileComplaint(deps: FileDeps, lot: Lot, complaint: NewComplaint): Promise<string> {
  const { db, clock, secrets } = deps;
  const photoHash = complaint.photo === undefined ? null : await photoOf(deps, complaint.photo);
  const { ticket, siteId, kind, words, place, happenedAt, contact } = complaint;
  return writeTransaction(db, () => {
    const sent = db.sqlite.prepare('SELECT public_id FROM complaint WHERE ticket = ?').pluck().get(ticket);
    if (sent !== undefined) return String(sent);
    const [publicId, at] = [randomUUID(), clock()];
    const { lastInsertRowid } = db.sqlite
      .prepare(
        `INSERT INTO complaint (public_id, ticket, lot_id, site_id, kind, words, place, happened_at, photo_hash, state, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', ?)`,
      )
      .run(publicId, ticket, lot.id, siteId, kind, words, place, happenedAt, photoHash, at);
    const id = Number(lastInsertRowid);
    if (contact !== null)
      db.sqlite
        .prepare('UPDATE complaint SET contact = ? WHERE id = ?')
        .run(seal(secrets.sealKey, contactPlace(id), contact), id);
    // The words stay out of the ledger: they may name people, and the ledger forgets nothing.
    const body = {
      complaint: publicId,
      lot: lot.code,
      site: siteId,
      about: kind,
      words: sha256Hex(words),
      photo: photoHash,
    };
    appendEntry(db, { kind: 'complaint', subject: `complaint/${publicId}`, body, at });
    return publicId;
  });
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
