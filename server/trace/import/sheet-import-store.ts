// The sheets of senders: drafts that are still looked at, and imports in the background with how far they are.
import { inflateRawSync } from 'node:zlib';
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import type { importStates } from './import-tables.ts';
import type { SheetChoices } from './lot-sheet.ts';

export type SheetImport = {
  readonly id: number;
  readonly publicId: string;
  readonly accountId: number;
  readonly name: string;
  readonly state: (typeof importStates)[number];
  readonly total: number;
  readonly done: number;
  readonly made: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly claims: number;
  /** JSON of a code and its detail. */
  readonly fault: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
};

const columns = `id, public_id AS publicId, account_id AS accountId, name, state, total, done, made, accepted, duplicate, claims, fault,
  created_at AS createdAt, ended_at AS endedAt`;
const mostBytes = 64 * 1024 * 1024;
const mostListed = 20;

/** Throws Problem `not_found` for one of another sender. */
export function importOf(db: Db, publicId: string, caller: Caller): SheetImport {
  const found = db.sqlite
    .prepare(`SELECT ${columns} FROM sheet_import WHERE public_id = ? AND account_id = ?`)
    .get(publicId, caller.id);
  if (found === undefined) throw new Problem('not_found', { detail: 'No such import of yours.' });
  return found as SheetImport;
}

export function importById(db: Db, id: number): SheetImport | undefined {
  return db.sqlite.prepare(`SELECT ${columns} FROM sheet_import WHERE id = ?`).get(id) as SheetImport | undefined;
}

/** Newest first; drafts nobody took are not among them. */
export function importsOf(db: Db, caller: Caller): SheetImport[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM sheet_import WHERE account_id = ? AND state <> 'draft' ORDER BY created_at DESC, id DESC LIMIT ${mostListed}`,
    )
    .all(caller.id) as SheetImport[];
}

/** The sheet as it came, and what was said of it. */
export function sheetOfImport(db: Db, id: number): { bytes: Buffer; choices: SheetChoices } {
  const row = db.sqlite.prepare('SELECT bytes, choices FROM sheet_import WHERE id = ?').get(id) as {
    bytes: Buffer;
    choices: string;
  };
  const choices = JSON.parse(row.choices) as SheetChoices & { sheet?: string };
  return {
    bytes: inflateRawSync(row.bytes, { maxOutputLength: mostBytes }),
    choices: { ...choices, sheet: choices.sheet ?? undefined },
  };
}
