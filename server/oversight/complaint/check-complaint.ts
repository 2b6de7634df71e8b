// Compares the ledger's entries about complaints with what is kept: what `verify` does for this room.
import { isMoved } from '../../bucket/moved-picture-store.ts';
import type { StoredEntry } from '../../ledger/entry.ts';
import type { EvidenceCheck } from '../../ledger/verify.ts';
import { type BlobStore, sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';

/** Checks by entry kind: a complaint's words and photo, and the words of each step. */
export function complaintsAsWritten(db: Db, blobs: BlobStore): Readonly<Record<string, EvidenceCheck>> {
  const complaint = db.sqlite.prepare('SELECT words, photo_hash AS photo FROM complaint WHERE public_id = ?');
  const step = db.sqlite.prepare(
    `SELECT s.words FROM complaint_step s JOIN complaint c ON c.id = s.complaint_id
     WHERE c.public_id = ? AND s.at = ? AND s.kind = ?`,
  );
  const settling = db.sqlite.prepare(
    `SELECT s.words FROM mediation_step s JOIN complaint c ON c.id = s.complaint_id
     WHERE c.public_id = ? AND s.at = ? AND s.act = ?`,
  );
  return {
    complaint: (entry) => {
      const kept = complaint.get(publicIdOf(entry)) as { words: string; photo: string | null } | undefined;
      if (kept === undefined) return ['The complaint is gone.'];
      const said = JSON.parse(entry.body) as { words: string; photo: string | null };
      const photo = said.photo === null ? undefined : blobs.get(said.photo);
      return [
        ...(sha256Hex(kept.words) === said.words ? [] : ['The words of the complaint are not those that were sent.']),
        ...(kept.photo === said.photo &&
        (said.photo === null || (photo === undefined ? isMoved(db, said.photo) : sha256Hex(photo) === said.photo))
          ? []
          : ['The photo of the complaint is not the one that was sent.']),
      ];
    },
    'mediation-step': (entry) => {
      const said = JSON.parse(entry.body) as { act: string; words: string | null };
      const kept = settling.all(publicIdOf(entry), entry.at, said.act) as { words: string | null }[];
      return kept.some(({ words }) => (words === null ? null : sha256Hex(words)) === said.words)
        ? []
        : ['A step of the settlement is not what was written.'];
    },
    'complaint-step': (entry) => {
      const said = JSON.parse(entry.body) as { step: string; words: string | null };
      const kept = step.all(publicIdOf(entry), entry.at, said.step) as { words: string | null }[];
      const whole = kept.some(({ words }) => (words === null ? null : sha256Hex(words)) === said.words);
      return whole ? [] : ['A step of the complaint is not what was written.'];
    },
  };
}

function publicIdOf({ subject }: StoredEntry): string {
  return subject.slice('complaint/'.length);
}
