// What a container held at a time: its changes replayed in the order of event time, whatever order they arrived in.

export type Change = {
  /** 0 with DELETE: everything that was inside. */
  readonly childId: number;
  readonly change: 'ADD' | 'DELETE' | 'SEEN';
  readonly quantity: number | null;
  readonly unit: string | null;
};

export type Content = { readonly quantity: number | null; readonly unit: string | null };

// Quantities come as decimal fractions: what is left of 0.3 − 0.1 − 0.2 is nothing.
const dust = 1e-9;

/** Child id → amount inside, after `changes`, which come sorted by event time. */
export function contentsAfter(changes: readonly Change[]): Map<number, Content> {
  const inside = new Map<number, Content>();
  for (const change of changes) {
    if (change.change === 'DELETE') remove(inside, change);
    else if (change.change === 'ADD') add(inside, change);
    else if (!inside.has(change.childId)) inside.set(change.childId, amountOf(change));
  }
  return inside;
}

function add(inside: Map<number, Content>, change: Change): void {
  const before = inside.get(change.childId);
  const known =
    before !== undefined && before.unit === change.unit && before.quantity !== null && change.quantity !== null;
  inside.set(
    change.childId,
    known ? { unit: change.unit, quantity: (before.quantity ?? 0) + (change.quantity ?? 0) } : amountOf(change),
  );
}

function remove(inside: Map<number, Content>, change: Change): void {
  if (change.childId === 0) {
    inside.clear();
    return;
  }
  const before = inside.get(change.childId);
  if (before === undefined) return;
  const left =
    before.quantity !== null && change.quantity !== null && before.unit === change.unit
      ? before.quantity - change.quantity
      : 0;
  if (left > dust) inside.set(change.childId, { unit: before.unit, quantity: left });
  else inside.delete(change.childId);
}

function amountOf(change: Change): Content {
  return { quantity: change.quantity, unit: change.unit };
}
