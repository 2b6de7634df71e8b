// The sign of a step on a time line: a shape for each kind, so that it reads without colour.
import type { StepKind } from './chain.ts';

const shapes: Readonly<Record<StepKind, (x: number, y: number) => string>> = {
  // A filled disc is drawn as two arcs, so that every sign is one path.
  made: (x, y) => `M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z`,
  received: (x, y) => `M${x - 7} ${y - 5}H${x + 7}L${x} ${y + 7}Z`,
  used: (x, y) => `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`,
  shipped: (x, y) => `M${x - 5} ${y - 7}L${x + 7} ${y}L${x - 5} ${y + 7}Z`,
  sold: (x, y) => `M${x - 5.5} ${y - 5.5}H${x + 5.5}V${y + 5.5}H${x - 5.5}Z`,
  ended: (x, y) => `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`,
  seen: (x, y) => `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z`,
};

export function StepMark({ kind, x, y }: { kind: StepKind; x: number; y: number }) {
  return <path class={`step is-${kind}`} d={shapes[kind](round(x), round(y))} />;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
