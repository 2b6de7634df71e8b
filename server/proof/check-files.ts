// Looks at every file beside the database: its bytes have to be those of its name, and what rows need has to be there.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMoved } from '../bucket/moved-picture-store.ts';
import type { Note } from '../ledger/verify.ts';
import { type BlobStore, sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import type { Progress } from './progress.ts';

export type FileCount = {
  readonly files: number;
  /** Files that no row names: a write that was cut short before its row. */
  readonly unnamed: number;
};

/** What is needed: SQL of the hashes, and what stands under them. Files that people only said they would send are not among them. */
const needed: readonly (readonly [what: string, sql: string])[] = [
  ['a picture', 'SELECT hash FROM picture WHERE gone_at IS NULL'],
  ['a picture that was looked at', 'SELECT hash FROM stored_picture'],
  ['a closing report', 'SELECT hash FROM recall_report'],
  ['a photo of a complaint', 'SELECT photo_hash FROM complaint WHERE photo_hash IS NOT NULL'],
  ['a photo of a visit', 'SELECT photo_hash FROM visit_answer WHERE photo_hash IS NOT NULL'],
  ['a signature at a visit', 'SELECT signature_hash FROM visit WHERE signature_hash IS NOT NULL'],
  ['a photo of what was mended', 'SELECT photo_hash FROM visit_order WHERE photo_hash IS NOT NULL'],
  ['a photo of a licence', 'SELECT licence_photo FROM swept_shop WHERE licence_photo IS NOT NULL'],
  ['a photo of a shop', 'SELECT front_photo FROM swept_shop WHERE front_photo IS NOT NULL'],
  ['a model', 'SELECT sha256 FROM pack_version'],
  ['a manifest', 'SELECT manifest_sha256 FROM pack_version'],
  ['a clip', "SELECT substr(path, 6) FROM camera WHERE path LIKE 'blob:%' AND removed_at IS NULL"],
  ['a captured document', 'SELECT sha256 FROM event_document WHERE bytes IS NULL'],
];
const said: readonly string[] = [
  'SELECT photo_hash FROM recall_answer',
  'SELECT photo_hash FROM order_step',
  'SELECT file_hash FROM lab_test',
  'SELECT file_hash FROM certificate',
  'SELECT hash FROM shadow_frame',
];
const tellEvery = 50;

export function checkFiles(db: Db, blobs: BlobStore, root: string, note: Note, progress: Progress): FileCount {
  const wanted = new Map(
    needed.flatMap(([what, sql]) => hashesOf(db, sql).map((hash) => [hash, { what, sql }] as const)),
  );
  const mentioned = new Set(said.flatMap((sql) => hashesOf(db, sql)));
  const files = filesBelow(root);
  const there = new Set<string>();
  let unnamed = 0;
  for (const [index, name] of files.entries()) {
    if (index % tellEvery === 0) progress('pictures', index, files.length);
    there.add(name);
    const what = wanted.get(name)?.what;
    if (what === undefined && !mentioned.has(name)) unnamed += 1;
    const bytes = bytesOf(blobs, name);
    if (bytes !== undefined && sha256Hex(bytes) !== name)
      note(`file ${name}`, `It is not what was stored${what === undefined ? '' : ` (${what})`}.`);
  }
  for (const [hash, { what, sql }] of wanted) {
    // What was removed while this ran is needed no more.
    // What lies in the store is read from there, in a check of its own.
    if (!there.has(hash) && !isMoved(db, hash) && isNeeded(db, sql, hash) && bytesOf(blobs, hash) === undefined)
      note(`file ${hash}`, `It is gone (${what}).`);
  }
  progress('pictures', files.length, files.length);
  return { files: files.length, unnamed };
}

/** Undefined also for what is no hash at all. */
function bytesOf(blobs: BlobStore, hash: string): Buffer | undefined {
  return /^[0-9a-f]{64}$/.test(hash) ? blobs.get(hash) : undefined;
}

function hashesOf({ sqlite }: Db, sql: string): string[] {
  return (sqlite.prepare(sql).pluck().all() as unknown[]).filter((hash) => typeof hash === 'string');
}

function isNeeded({ sqlite }: Db, sql: string, hash: string): boolean {
  const [column] = /^SELECT (.+?) FROM/.exec(sql)?.slice(1) ?? [];
  return (
    sqlite.prepare(`SELECT 1 FROM (${sql.replace(column ?? '', `${column} AS named`)}) WHERE named = ?`).get(hash) !==
    undefined
  );
}

function filesBelow(root: string): string[] {
  return readdirSync(root)
    .filter((folder) => statSync(join(root, folder)).isDirectory())
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => !name.endsWith('.part'))
        .map((name) => folder + name),
    );
}
