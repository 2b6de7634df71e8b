// Gathers the files of a verdict's evidence bundle: frames, boxes, models, thresholds, who said what when, the order and its answers.
import { hash as digest } from 'node:crypto';
import { textsFor } from '../../../views/text/texts.ts';
import { namesOf } from '../../accounts/account-store.ts';
import { entriesAbout } from '../../ledger/ledger-store.ts';
import type { ZipFile } from '../../ledger/plain-zip.ts';
import type { ShownPicture } from '../../sight/show-picture.ts';
import type { Db } from '../../store/db.ts';
import { cameraById } from '../camera/camera-store.ts';
import { auditDrawOf } from '../flag/audit-store.ts';
import { framesOf, type PlacedFlag } from '../flag/flag-store.ts';
import { appealOf, type Order, ordersOfFlag, stepsOf } from '../order/order-store.ts';
import { violationWords } from '../violation/violation-kinds.ts';

const mostEntries = 1_000;

export type ShownPictures = ReadonlyMap<string, Pick<ShownPicture, 'jpeg' | 'sight'>>;

/** Every picture the bundle shows, by the hash of what is stored: the flag's frames, and photos of answers. */
export function picturesOfFlag(db: Db, flag: PlacedFlag): string[] {
  const photos = ordersOfFlag(db, flag.id).flatMap(({ id }) =>
    stepsOf(db, id).flatMap(({ photoHash }) => photoHash ?? []),
  );
  return [...new Set([flag.pictureHash, ...framesOf(db, flag.id).map(({ hash }) => hash), ...photos])];
}

export function gatherVerdict(
  db: Db,
  flag: PlacedFlag,
  pictures: ShownPictures,
  at: number,
): { readonly files: ZipFile[]; readonly seqs: number[] } {
  const orders = ordersOfFlag(db, flag.id);
  const files = [
    ...readmes(),
    json('about.json', { verdict: flag.id, sealedAt: at, sharp: pictures.get(flag.pictureHash)?.sight === 'sharp' }),
    json('flag.json', flagSaid(db, flag)),
    json('models.json', modelsOf(db, flag)),
    json('thresholds.json', thresholdsOf(db, flag)),
    json('verdicts.json', verdictsSaid(db, flag.id)),
    json('clock.json', {
      frameAt: flag.at,
      sealedAt: at,
      clock: 'server',
      offset: 'timestamp.json',
      ...cameraClock(db, flag),
    }),
    json(
      'orders.json',
      orders.map((order) => orderSaid(db, order)),
    ),
    ...[...pictures].map(([hash, { jpeg, sight }]) => ({ path: `pictures/${hash}-${sight}.jpg`, bytes: jpeg })),
  ];
  const subjects = [`flag/${flag.id}`, ...orders.map(({ id }) => `order/${id}`), `picture/${flag.pictureHash}`];
  return {
    files: [...files, json('sums.json', sumsOf(files))],
    seqs: subjects.flatMap((subject) => entriesAbout(db, subject, mostEntries).map(({ seq }) => seq)),
  };
}

/** Frames are dated by this server. What the camera draws into its picture follows its own clock, which may be another. */
function cameraClock(db: Db, flag: PlacedFlag) {
  const offsetMs = cameraById(db, flag.cameraId)?.stream?.clockOffsetMs;
  return {
    cameraOffsetMs: offsetMs ?? null,
    cameraOffset:
      offsetMs === undefined
        ? 'The camera tells no time of its own, or has not been opened since.'
        : 'How far the camera’s clock was ahead of this server’s when its stream was last opened.',
  };
}

function readmes(): ZipFile[] {
  return (['zh-CN', 'en'] as const).map((lang) => ({
    path: lang === 'en' ? 'README.txt' : '说明.txt',
    bytes: Buffer.from(textsFor(lang).kitchen.evidenceReadme.join('\n')),
  }));
}

/** Under both hashes: SHA-256, and SM3 for those who are bound to it. */
export function sumsOf(files: readonly ZipFile[]) {
  return Object.fromEntries(
    files.map(({ path, bytes }) => [
      path,
      { sha256: digest('sha256', bytes, 'hex'), sm3: digest('sm3', bytes, 'hex') },
    ]),
  );
}

function flagSaid(db: Db, flag: PlacedFlag) {
  const { zh, en } = {
    zh: violationWords(flag.violation, 'zh-CN').name,
    en: violationWords(flag.violation, 'en').name,
  };
  return {
    id: flag.id,
    violation: flag.violation,
    names: { zh, en },
    status: flag.status,
    raised: (['models', 'audit', 'person'] as const)[flag.audit] ?? 'models',
    place: { site: flag.siteId, restaurant: flag.restaurantName, camera: flag.cameraId, at: flag.place },
    frameAt: flag.at,
    picture: flag.pictureHash,
    width: flag.pictureWidth,
    height: flag.pictureHeight,
    box: flag.box,
    zone: flag.zone,
    score: flag.score,
    threshold: flag.threshold,
    pack: { name: flag.packName, sha256: flag.packSha256 },
    frames: framesOf(db, flag.id).map(({ at, hash }) => ({ at, picture: hash, own: at === flag.at })),
    asked: auditDrawOf(db, flag.id)?.asked ?? null,
  };
}

/** Which models looked, by their hashes, and everything they saw. */
function modelsOf(db: Db, flag: PlacedFlag) {
  const row = db.sqlite
    .prepare('SELECT packs, detections FROM frame_reading WHERE hash = ? AND camera_id = ?')
    .get(flag.pictureHash, flag.cameraId) as { packs: string; detections: string } | undefined;
  if (row === undefined) return { packs: [], detections: [] };
  return { packs: JSON.parse(row.packs) as unknown, detections: JSON.parse(row.detections) as unknown };
}

function thresholdsOf(db: Db, flag: PlacedFlag) {
  const changes = db.sqlite
    .prepare('SELECT at, by, before, after FROM camera_rule_change WHERE camera_id = ? ORDER BY id LIMIT 500')
    .all(flag.cameraId) as { at: number; by: number; before: string; after: string }[];
  return {
    /** The score from which this flag counted, when it was raised. */
    used: flag.threshold,
    rulesNow: cameraById(db, flag.cameraId)?.rules ?? null,
    changes: changes.map(({ at, by, before, after }) => ({
      at,
      by,
      before: JSON.parse(before) as unknown,
      after: JSON.parse(after) as unknown,
    })),
  };
}

export type VerdictSaid = {
  readonly verdict: number;
  readonly at: number;
  readonly by: number;
  readonly name: string | null;
  readonly decision: string;
  readonly violation: string;
  readonly kinds: readonly string[] | null;
  readonly stage: string;
  readonly undoes: number | null;
  readonly visibleMs: number | null;
  readonly lookedAtOneByOne: boolean;
};

function verdictsSaid(db: Db, flagId: number): VerdictSaid[] {
  const rows = db.sqlite
    .prepare(
      `SELECT id AS verdict, at, by, decision, violation, kinds, stage, undoes, visible_ms AS visibleMs, seen
        FROM verdict WHERE flag_id = ? ORDER BY id LIMIT 500`,
    )
    .all(flagId) as (Omit<VerdictSaid, 'kinds' | 'name'> & { kinds: string | null; seen: number })[];
  const names = namesOf(db, [...new Set(rows.map(({ by }) => by))]);
  return rows.map(({ seen, kinds, ...row }) => ({
    ...row,
    name: names.get(row.by) ?? null,
    kinds: kinds === null ? null : (JSON.parse(kinds) as string[]),
    lookedAtOneByOne: seen === 1,
  }));
}

function orderSaid(db: Db, order: Order) {
  const appeal = appealOf(db, order.id);
  return {
    order: order.id,
    state: order.state,
    violation: order.violation,
    issuedAt: order.issuedAt,
    dueAt: order.dueAt,
    steps: stepsOf(db, order.id).map(({ kind, at, by, text, photoHash }) => ({
      step: kind,
      at,
      by,
      text,
      photo: photoHash,
    })),
    appeal: appeal === undefined ? null : { at: appeal.at, text: appeal.text, state: appeal.state, note: appeal.note },
  };
}

export function json(path: string, value: unknown): ZipFile {
  return { path, bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`) };
}
