// Closes a visit with what was found: the list gives the result, a bad point gives an order and a recheck after 72 hours.
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { takePhotoAt } from '../../sight/take-photo.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { itemsOf } from './check-list-store.ts';
import { settleOrder } from './settle-visit-order.ts';
import { type CheckItem, resultOf, type VisitResult, visitNumber } from './visit.ts';
import { listOfForm, readVisitForm, type VisitForm } from './visit-form.ts';
import { type Task, visitById } from './visit-store.ts';

type CloseDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'eye' | 'log'>;

export type Closed = {
  readonly id: number;
  readonly result: VisitResult;
  /** The order that stands afterwards, if any. */
  readonly orderId: number | null;
  readonly again: 'first' | 'repeated';
};

/** Throws Problem `not_found`, `conflict` for a visit that was closed otherwise, `invalid_input` with every fault. */
export async function closeVisit(
  deps: CloseDeps,
  caller: Caller,
  id: number,
  fields: Readonly<Record<string, unknown>>,
): Promise<Closed> {
  const { db } = deps;
  const known = mayClose(db, caller, id, String(fields['key'] ?? ''));
  if (known !== undefined) return known;
  const list = listOfForm(fields);
  const items = list === undefined ? undefined : itemsOf(db, list);
  if (list === undefined || items === undefined) return refuseList();
  const form = readVisitForm(fields, list, items);
  return closeAsFound(deps, caller, id, { form, items, photos: await photosOf(deps, form) });
}

export type AsFound = {
  readonly form: VisitForm;
  readonly items: readonly CheckItem[];
  /** Point → hash of its photo, which is kept already. */
  readonly photos: ReadonlyMap<string, string>;
};

/** What was read and looked at becomes the result. Throws as `closeVisit` does. */
export function closeAsFound(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  id: number,
  { form, items, photos }: AsFound,
): Closed {
  const { db } = deps;
  return writeTransaction(db, () => {
    const repeated = mayClose(db, caller, id, form.key);
    if (repeated !== undefined) return repeated;
    const task = visitById(db, id);
    if (task === undefined) throw new Problem('not_found');
    return keep(deps, caller, task, { form, photos, result: resultOf(items, form.points) });
  });
}

/** What it answered the first time, when the same closing comes again; undefined when it is open. */
function mayClose(db: Db, caller: Caller, id: number, key: string): Closed | undefined {
  const task = visitById(db, id);
  if (task === undefined || !seesSite(caller, task.siteId)) throw new Problem('not_found');
  if (caller.sites.includes(task.siteId))
    throw new Problem('forbidden', { detail: 'Nobody inspects a place of their own.' });
  if (task.state === 'open') return undefined;
  if (task.state === 'off')
    throw new Problem('conflict', {
      faults: [
        { place: '', code: 'called_off', detail: `Visit ${visitNumber(id)} was called off: the place has closed.` },
      ],
    });
  if (task.closeKey !== key || task.closedBy !== caller.id || task.result === null)
    throw new Problem('conflict', {
      faults: [{ place: '', code: 'closed_already', detail: `Visit ${visitNumber(id)} was closed already.` }],
    });
  const orderId = db.sqlite.prepare('SELECT id FROM visit_order WHERE visit_id = ?').pluck().get(id) as
    | number
    | undefined;
  return { id, result: task.result, orderId: orderId ?? null, again: 'repeated' };
}

type Found = { readonly form: VisitForm; readonly photos: ReadonlyMap<string, string>; readonly result: VisitResult };

function keep(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  task: Task,
  { form, photos, result }: Found,
): Closed {
  const at = clock();
  db.sqlite
    .prepare(
      `UPDATE visit SET state = 'closed', check_list = @list, result = @result, note = @note, signed_name = @signedName,
         signature_hash = @signature, closed_at = @at, closed_by = @by, close_key = @key WHERE id = @id`,
    )
    .run({
      id: task.id,
      list: form.list,
      result,
      note: form.note === '' ? null : form.note,
      signedName: form.signedName,
      signature: photos.get('signature') ?? null,
      at,
      by: caller.id,
      key: form.key,
    });
  const add = db.sqlite.prepare(
    'INSERT INTO visit_answer (visit_id, item, answer, note, photo_hash) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { item, answer, note } of form.points)
    add.run(task.id, item, answer, note === '' ? null : note, photos.get(item) ?? null);
  const orderId = settleOrder(db, task, { points: form.points, result, at, by: caller.id });
  // Words may name people, and the ledger forgets nothing: it holds their hashes.
  const found = form.points.map(({ item, answer }) => [item, answer, photos.get(item) ?? null]);
  const body = { step: 'closed', site: task.siteId, result, list: form.list, found, order: orderId, by: caller.id };
  const signed = { name: sha256Hex(form.signedName), picture: photos.get('signature') ?? null };
  appendEntry(db, { kind: 'visit', subject: `visit/${task.id}`, body: { ...body, signed }, at });
  return { id: task.id, result, orderId, again: 'first' };
}

/** Field → hash. Throws Problem `unreadable_picture` before anything else is kept. */
async function photosOf(deps: CloseDeps, { points, signature }: VisitForm): Promise<Map<string, string>> {
  const sent = [...points.map(({ item, photo }) => [item, photo] as const), ['signature', signature] as const];
  const hashes = new Map<string, string>();
  for (const [name, file] of sent) {
    if (file === undefined) continue;
    const place = name === 'signature' ? '/signature' : `/photo.${name}`;
    hashes.set(name, (await takePhotoAt(deps, file, place)).hash);
  }
  return hashes;
}

function refuseList(): never {
  throw new Problem('invalid_input', {
    faults: [{ place: '/list', code: 'list', detail: 'This check list is not known: open the visit again.' }],
  });
}
