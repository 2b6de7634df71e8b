// A ledger entry: what it says, and the exact bytes its leaf is hashed over.
import { hashLeaf } from './merkle.ts';

/** All that the ledger tells of. A kind is never renamed: entries keep the word they were written with. */
export const entryKinds = [
  'plan',
  'baseline',
  'rows',
  'account',
  'token',
  'invitation',
  'organisation',
  'place-grant',
  'district',
  'setting',
  'place',
  'premises',
  'product',
  'lot',
  'capture',
  'claim',
  'sheet-import',
  'sheet-import-stopped',
  'lab-test',
  'hold',
  'lot-merge',
  'lot-merge-undone',
  'finding-rule',
  'recall',
  'recall-planned',
  'recall-taken-back',
  'recall-reminder',
  'recall-answer',
  'recall-answer-taken-back',
  'recall-closed',
  'recall-report',
  'subscription',
  'restaurant',
  'camera',
  'camera-state',
  'camera-rules',
  'threshold',
  'pack-set',
  'pack-learning',
  'flag',
  'flag-cause',
  'verdict',
  'order',
  'score',
  'dataset',
  'picture-opened',
  'retention',
  'complaint',
  'complaint-step',
  'complaint-routing',
  'mediation-step',
  'sentinel-alert',
  'notice',
  'draw',
  'conflict',
  'visit',
  'check-list',
  'visit-order',
  'street',
  'swept-shop',
  'day',
  'day-report',
  'lot-look',
  'federated-server',
  'purchase-order',
  'farm-promise',
  'risk-rule',
  'risk-grade',
  'evidence',
] as const;

export type EntryKind = (typeof entryKinds)[number];

export type NewEntry = {
  /** What happened. */
  readonly kind: EntryKind;
  /** What it happened to, such as `flag/17` or a lot's canonical code. */
  readonly subject: string;
  /** Facts to be proved later; JSON values alone. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Unix ms. */
  readonly at: number;
};

export type StoredEntry = {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
  readonly body: string;
};

/** JSON with sorted keys and no spaces: the same value always has the same bytes. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The leaf of an entry. Its position is inside, so that two entries cannot change places. */
export function entryLeaf(entry: StoredEntry): Buffer {
  return hashLeaf(JSON.stringify([entry.seq, entry.at, entry.kind, entry.subject, entry.body]));
}
