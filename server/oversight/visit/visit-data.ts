// Gathers what the pages of visits show.
import type { VisitOrderView, VisitPoint } from '../../../views/oversight/visit/visit-page.tsx';
import type { VisitLine } from '../../../views/oversight/visit/visit-table.tsx';
import type { Deps } from '../../deps.ts';
import { signLink } from '../../http/signed-link.ts';
import { currentCheckList, itemsOf } from './check-list-store.ts';
import { orderOfVisit, type VisitOrder } from './visit-order-store.ts';
import { answersOf, type Task } from './visit-store.ts';

export function visitLine(task: Task, now: number): VisitLine {
  const { id, name, nameEn, address, addressEn, dueAt, metres, result, closedAt, inspectors } = task;
  const reasons = [...new Set(task.reasons.map(({ kind }) => kind))];
  return {
    id,
    name,
    nameEn,
    address,
    addressEn,
    reasons,
    dueAt,
    isLate: now > dueAt,
    metres,
    result,
    closedAt,
    inspectors,
  };
}

type Shown = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** The list the visit was closed by, or is to be closed by, with what was found. */
export function pointsOf({ db, clock, secrets }: Shown, task: Task): { version: number; points: VisitPoint[] } {
  const current = currentCheckList(db);
  const version = task.checkList ?? current.version;
  const found = new Map(answersOf(db, task.id).map((answer) => [answer.item, answer]));
  const points = (itemsOf(db, version) ?? current.items).map((item) => {
    const { answer = null, note = null, photoHash = null } = found.get(item.id) ?? {};
    return {
      ...item,
      answer,
      note,
      photoHref: photoHash === null ? null : photoLink({ clock, secrets }, task.id, photoHash),
    };
  });
  return { version, points };
}

export function orderView(shown: Shown, task: Task): VisitOrderView | undefined {
  const order = orderOfVisit(shown.db, task);
  return order === undefined ? undefined : orderShown(order);
}

export function orderShown({ state, dueAt, answer }: VisitOrder): VisitOrderView {
  return { state, dueAt, answer, photoHref: null };
}

export function photoLink({ clock, secrets }: Pick<Deps, 'clock' | 'secrets'>, visitId: number, hash: string): string {
  return signLink(secrets.linkKey, `/visits/${visitId}/photos/${hash}`, clock());
}

/** Whether the picture belongs to the visit: its photos, its signature, the answer to its order. */
export function isOfVisit(db: Deps['db'], task: Task, hash: string): boolean {
  const order = orderOfVisit(db, task);
  const hashes = [...answersOf(db, task.id).map(({ photoHash }) => photoHash), task.signatureHash, order?.photoHash];
  return hashes.includes(hash);
}
