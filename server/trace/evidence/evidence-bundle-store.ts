// Gathers the files of an evidence bundle: the chain of a lot, the documents its events came in, its certificates,
// readings, tests and holds, and its recalls with scope, notices, answers and photos.
import { textsFor } from '../../../views/text/texts.ts';
import type { Deps } from '../../deps.ts';
import type { StoredEntry } from '../../ledger/entry.ts';
import { entriesAbout } from '../../ledger/ledger-store.ts';
import type { ZipFile } from '../../ledger/plain-zip.ts';
import type { ShownPicture } from '../../sight/show-picture.ts';
import { isStoredPicture } from '../../sight/stored-picture-store.ts';
import type { Db } from '../../store/db.ts';
import { bytesAsTheyCame } from '../capture/capture-document.ts';
import { chainJson } from '../chain/chain-json.ts';
import { traceLot } from '../chain/chain-store.ts';
import { certificatesOfLots } from '../diner/certificate-store.ts';
import { excursionsOfLot, temperaturesOf } from '../diner/cold-chain-store.ts';
import { holdsOf } from '../lot/hold-lot.ts';
import type { Lot } from '../lot/lot-store.ts';
import { type Recall, recallAnswers, recallById, recallNotices } from '../recall/recall-store.ts';
import { entriesOfRecall } from '../report/recall-report-store.ts';
import { keptReport, reportLangs } from '../report/write-recall-report.ts';

export type GatheredEvidence = { readonly files: readonly ZipFile[]; readonly seqs: readonly number[] };

type GatherDeps = Pick<Deps, 'db' | 'blobs'>;

export const evidenceBounds = {
  holdings: 20_000,
  captures: 5_000,
  captureBytes: 128 * 1024 * 1024,
  recalls: 50,
} as const;

export type EvidenceBounds = { readonly [bound in keyof typeof evidenceBounds]: number };

/** Photos of answers as whoever takes the bundle may see them, by the hash of what is stored. */
export type ShownPhotos = ReadonlyMap<string, Pick<ShownPicture, 'jpeg' | 'sight'>>;

/** What does not fit into the bounds is named in `about.json`. */
export function gatherEvidence(
  deps: GatherDeps,
  lot: Lot,
  photos: ShownPhotos,
  bounds: EvidenceBounds = evidenceBounds,
): GatheredEvidence {
  const { db } = deps;
  const chains = (['backward', 'forward'] as const).map((direction) =>
    traceLot(db, { lotId: lot.id, direction, maxHoldings: bounds.holdings }),
  );
  const lots = chains.flatMap((chain) => chain.lots.map(({ lotId, depth }) => ({ lotId, depth })));
  const captures = capturesOf(
    deps,
    lot,
    chains.flatMap((chain) => chain.events.map(({ eventId }) => eventId)),
    bounds,
  );
  const certificates = certificatesOfLots(db, lots);
  const recalls = recallsOf(db, lot.id, bounds);
  const reports = testFiles(db, lot.id);
  const blobs = blobFiles(deps, [...certificates.map(({ fileHash }) => fileHash), ...reports.papers], 'papers');
  const said = recalls.map((recall) => recallFiles(deps, recall, photos));
  const cut = [
    ...chains.filter(({ truncated }) => truncated).map(({ direction }) => `the ${direction} chain`),
    ...(captures.cut ? ['captures'] : []),
  ];
  return {
    files: onePathOnce([
      ...readmes(),
      json('about.json', { lot: lot.code, recalls: recalls.map(({ publicId }) => publicId), leftOut: cut }),
      ...chains.map((chain) => json(`chain/${chain.direction}.json`, chainJson(chain))),
      ...captures.files,
      json('certificates.json', certificates),
      json('cold-chain.json', { readings: temperaturesOf(db, lot.id), breaches: excursionsOfLot(db, lot.id) }),
      json('tests.json', testsOf(db, lot.id)),
      json('holds.json', holdsOf(db, lot.id)),
      ...blobs,
      ...reports.pictures.flatMap((hash) => photoFile(hash, photos)),
      ...said.flatMap(({ files }) => files),
    ]),
    seqs: [
      ...captures.seqs,
      ...entriesAbout(db, lot.code, 2_000).map(({ seq }) => seq),
      ...said.flatMap(({ entries }) => entries.map(({ seq }) => seq)),
    ],
  };
}

function readmes(): ZipFile[] {
  return reportLangs.map((lang) => ({
    path: lang === 'en' ? 'README.txt' : '说明.txt',
    bytes: Buffer.from(textsFor(lang).trace.evidence.readme.join('\n')),
  }));
}

function json(path: string, value: unknown): ZipFile {
  return { path, bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`) };
}

function onePathOnce(files: readonly ZipFile[]): ZipFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

type DocumentRow = {
  id: number;
  captureId: string;
  sha256: string;
  mediaType: string;
  bytes: Buffer | null;
  encoding: string | null;
  receivedAt: number;
  byteCount: number;
};
type EventRow = { hash: string; declaredAt: number; json: string };

/** The documents the chain's events came in, whole: the ledger vouches for a document, not for a part of it. */
function capturesOf({ db, blobs }: GatherDeps, lot: Lot, eventIds: readonly number[], bounds: EvidenceBounds) {
  const documents = db.sqlite
    .prepare(
      `SELECT DISTINCT d.id, d.capture_id AS captureId, d.sha256, d.media_type AS mediaType, d.bytes, d.encoding,
         d.received_at AS receivedAt, d.byte_count AS byteCount FROM (
         SELECT value AS id FROM json_each(@eventIds) UNION SELECT event_id FROM mention WHERE lot_id = @lotId) x
       CROSS JOIN event e ON e.id = x.id CROSS JOIN event_document d ON d.id = e.document_id ORDER BY d.id LIMIT @limit`,
    )
    .all({ eventIds: JSON.stringify(eventIds), lotId: lot.id, limit: bounds.captures + 1 }) as DocumentRow[];
  const eventsOf = db.sqlite.prepare(
    'SELECT lower(hex(hash)) AS hash, declared_at AS declaredAt, json FROM event WHERE document_id = ? ORDER BY position, id',
  );
  const files: ZipFile[] = [];
  const seqs: number[] = [];
  let room = bounds.captureBytes;
  for (const document of documents.slice(0, bounds.captures)) {
    const kept = document.bytes ?? blobs.get(document.sha256);
    room -= document.byteCount;
    if (room < 0 || kept === undefined) break;
    const folder = `captures/${document.captureId}`;
    const { mediaType, receivedAt } = document;
    const form = /xml/.test(mediaType) ? 'xml' : 'json';
    const events = eventsOf.all(document.id) as EventRow[];
    files.push(
      json(`${folder}/capture.json`, { mediaType, receivedAt: new Date(receivedAt).toISOString(), document: form }),
      { path: `${folder}/document.${form}`, bytes: bytesAsTheyCame(kept, document.encoding) },
      {
        path: `${folder}/events.jsonl`,
        bytes: Buffer.from(events.map((event) => `${JSON.stringify(eventLineOf(event))}\n`).join('')),
      },
    );
    seqs.push(...entriesAbout(db, `capture/${document.captureId}`, 10).map(({ seq }) => seq));
  }
  return { files, seqs, cut: files.length / 3 < documents.length };
}

function eventLineOf({ hash, declaredAt, json: text }: EventRow) {
  return { hash: `ni:///sha-256;${hash}?ver=CBV2.0`, declaredAt, json: text };
}

function recallsOf(db: Db, lotId: number, bounds: EvidenceBounds): Recall[] {
  const ids = db.sqlite
    .prepare('SELECT DISTINCT recall_id FROM recall_scope WHERE lot_id = ? ORDER BY recall_id DESC LIMIT ?')
    .pluck()
    .all(lotId, bounds.recalls) as number[];
  return ids.flatMap((id) => recallById(db, id) ?? []).sort((a, b) => a.id - b.id);
}

function recallFiles(
  deps: GatherDeps,
  recall: Recall,
  photos: ShownPhotos,
): { files: ZipFile[]; entries: StoredEntry[] } {
  const { db } = deps;
  const folder = `recalls/${recall.publicId}`;
  const { accountId: _who, id: _id, lotId: _lot, ...shown } = recall;
  const answers = recallAnswers(db, recall.id);
  const papers = reportLangs.flatMap((lang) => {
    const hash = keptReport(db, recall.id, lang);
    const bytes = hash === undefined ? undefined : deps.blobs.get(hash);
    return bytes === undefined ? [] : [{ path: `${folder}/report-${lang}.pdf`, bytes }];
  });
  return {
    files: [
      json(`${folder}/recall.json`, shown),
      json(`${folder}/scope.json`, scopeRows(db, recall.id)),
      json(`${folder}/notices.json`, recallNotices(db, recall.id)),
      json(`${folder}/answers.json`, answers),
      ...answers.flatMap(({ photoHash }) => photoFile(photoHash, photos)),
      ...papers,
    ],
    entries: [
      ...entriesOfRecall(db, recall),
      ...entriesAbout(db, recall.code, 2_000).filter(({ kind }) => kind === 'recall-report'),
    ],
  };
}

/** As issued, with what the ledger's digest was made of. */
function scopeRows(db: Db, recallId: number) {
  return db.sqlite
    .prepare(
      `SELECT c.issue, c.holding_id AS holdingId, l.code AS lot, s.id AS site, c.scope, c.depth, c.reached_at AS reachedAt,
         c.received, c.on_hand AS onHand, c.share, c.unit
       FROM recall_scope c CROSS JOIN lot l ON l.id = c.lot_id CROSS JOIN site s ON s.key = c.site_key
       WHERE c.recall_id = ? ORDER BY c.issue, c.holding_id`,
    )
    .all(recallId);
}

function testsOf(db: Db, lotId: number) {
  return db.sqlite
    .prepare(
      `SELECT subject, result, detail, laboratory, tested_at AS testedAt, file_hash AS fileHash, at FROM lab_test
       WHERE lot_id = ? ORDER BY id LIMIT 500`,
    )
    .all(lotId);
}

/** Reports that are papers; a photo of one is a picture, and comes as it may be seen. */
function testFiles(db: Db, lotId: number): { readonly papers: string[]; readonly pictures: string[] } {
  const hashes = (testsOf(db, lotId) as { fileHash: string | null }[]).flatMap(({ fileHash }) => fileHash ?? []);
  return {
    papers: hashes.filter((hash) => !isStoredPicture(db, hash)),
    pictures: hashes.filter((hash) => isStoredPicture(db, hash)),
  };
}

/** The hashes of the photos that a bundle of this lot holds. */
export function photosOfLot(db: Db, lot: Lot, bounds: EvidenceBounds = evidenceBounds): string[] {
  const answers = recallsOf(db, lot.id, bounds).flatMap((recall) => recallAnswers(db, recall.id));
  return [...new Set([...answers.flatMap(({ photoHash }) => photoHash ?? []), ...testFiles(db, lot.id).pictures])];
}

/** As it is stored, under its own hash; or made unrecognisable, and then its name says so and the answer still names the stored one. */
function photoFile(hash: string | null, photos: ShownPhotos): ZipFile[] {
  const photo = hash === null ? undefined : photos.get(hash);
  if (photo === undefined) return [];
  return [{ path: photo.sight === 'sharp' ? `photos/${hash}` : `photos/${hash}-blurred.jpg`, bytes: photo.jpeg }];
}

/** Files named by their own SHA-256; those that are gone are left out, and what names them still does. */
function blobFiles({ blobs }: GatherDeps, hashes: readonly (string | null)[], folder: string): ZipFile[] {
  return [...new Set(hashes)].flatMap((hash) => {
    const bytes = hash === null ? undefined : blobs.get(hash);
    return hash === null || bytes === undefined ? [] : [{ path: `${folder}/${hash}`, bytes }];
  });
}
