// Gathers what pages show of rectification orders.
import type { OrderCardData } from '../../../views/kitchen/order/order-card.tsx';
import type { OrderView, StepLine } from '../../../views/kitchen/order/order-page.tsx';
import type { OrderRow } from '../../../views/kitchen/order/order-table.tsx';
import { namesOf } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps, Lang } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { flagPicture } from '../flag/flag-picture.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { picturesOf } from '../picture/picture-store.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { planWithinMs, recheckWithinMs } from './escalation.ts';
import { appealOf, type OrderStep, type PlacedOrder, stepsOf } from './order-store.ts';
import { deadlineLeft, orderNumber } from './rectification.ts';

/** `judge` decides an appeal, and so judges the flag's frame again: they see it sharp. Everybody else sees both pictures blurred. */
export function orderCard(deps: Deps, order: PlacedOrder, lang: Lang, judge?: Caller): OrderCardData {
  const { db, clock } = deps;
  const { shown, judging } = pictureLinks(deps);
  const before = judge === undefined ? shown(order.flag.pictureHash) : judging(order.flagId, judge.id);
  const steps = stepsOf(db, order.id);
  const last = steps.findLast(({ kind }) => kind === 'answered' || kind === 'returned');
  return {
    ...orderRow(order, lang, clock()),
    restaurant: { name: order.restaurantName, nameEn: order.restaurantNameEn },
    before: flagPicture(order.flag, before),
    after: answerPicture(db, steps, shown),
    returned: last?.kind === 'returned' ? (last.text ?? '') : undefined,
    appeal: appealOf(db, order.id)?.state,
  };
}

export function orderRow(order: PlacedOrder, lang: Lang, now: number): OrderRow & Pick<OrderCardData, 'violation'> {
  return {
    id: order.id,
    number: orderNumber(order.id),
    state: order.state,
    left: deadlineLeft(order.dueAt, now),
    dueAt: order.dueAt,
    violation: violationWords(order.violation, lang),
    at: order.flag.at,
    place: { name: order.place, nameEn: order.placeEn },
  };
}

/** Who did what, by name. */
export function stepLines(db: Db, orderId: number): StepLine[] {
  const steps = stepsOf(db, orderId);
  const names = namesOf(
    db,
    steps.flatMap(({ by }) => (by === null ? [] : [by])),
  );
  return steps.map(({ kind, at, by, text }) => ({ kind, at, text, by: by === null ? undefined : names.get(by) }));
}

/** Whether the owner has not yet said what will be done. */
export function planWaits(db: Db, order: Pick<PlacedOrder, 'id'>): boolean {
  return !stepsOf(db, order.id).some(({ kind }) => kind === 'planned' || kind === 'answered');
}

/** The clocks that run: for a plan within two hours of the issue, for the recheck within three days of the answer. */
export function clocksOf(db: Db, order: PlacedOrder, now: number): OrderView['clocks'] {
  if (order.state === 'issued' && planWaits(db, order))
    return [{ kind: 'plan', left: deadlineLeft(order.issuedAt + planWithinMs, now) }];
  if (order.state === 'answered' && order.answeredAt !== null)
    return [{ kind: 'recheck', left: deadlineLeft(order.answeredAt + recheckWithinMs, now) }];
  return [];
}

function answerPicture(db: Db, steps: readonly OrderStep[], link: (hash: string) => string): OrderCardData['after'] {
  const answer = steps.findLast(({ kind }) => kind === 'answered');
  const picture = answer?.photoHash ? picturesOf(db, answer.photoHash)[0] : undefined;
  if (answer === undefined || picture === undefined) return undefined;
  return {
    href: link(picture.hash),
    width: picture.width,
    height: picture.height,
    at: answer.at,
    text: answer.text ?? '',
  };
}
