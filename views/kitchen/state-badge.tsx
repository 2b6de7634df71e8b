// Badges of the kitchen half: every state is a word, an icon, a frame and a colour.
import { Icon } from '../parts/icon.tsx';
import type { Texts } from '../text/texts.ts';

export type CameraStateName = keyof Texts['kitchen']['cameraStates'];
export type FlagStatusName = keyof Texts['kitchen']['flagStatuses'];
export type OrderStateName = keyof Texts['kitchen']['orderStates'];

const cameraLooks: Readonly<Record<CameraStateName, { kind: string; icon: string }>> = {
  new: { kind: 'offline', icon: 'camera' },
  online: { kind: 'online', icon: 'live' },
  offline: { kind: 'offline', icon: 'cameraoff' },
  unwatched: { kind: 'offline', icon: 'alert' },
  black: { kind: 'covered', icon: 'covered' },
  over_exposed: { kind: 'covered', icon: 'covered' },
  blurred: { kind: 'covered', icon: 'covered' },
  covered: { kind: 'covered', icon: 'covered' },
  frozen: { kind: 'covered', icon: 'clock' },
  moved: { kind: 'covered', icon: 'both' },
};

export function cameraIcon(state: CameraStateName): string {
  return cameraLooks[state].icon;
}

export function CameraBadge({ words, state }: { words: Texts; state: CameraStateName }) {
  const { kind, icon } = cameraLooks[state];
  return <Badge kind={kind} icon={icon} label={words.kitchen.cameraStates[state]} />;
}

const flagLooks: Readonly<Record<FlagStatusName, { kind: string; icon: string }>> = {
  open: { kind: 'suspect', icon: 'diamond' },
  unsure: { kind: 'unsure', icon: 'question' },
  confirmed: { kind: 'confirmed', icon: 'octagon' },
  cleared: { kind: 'cleared', icon: 'slash' },
};

export function FlagBadge({ words, status }: { words: Texts; status: FlagStatusName }) {
  const { kind, icon } = flagLooks[status];
  return <Badge kind={kind} icon={icon} label={words.kitchen.flagStatuses[status]} />;
}

export type Deadline = {
  readonly late: boolean;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
};

/** An order's state; while it waits for the owner, how long is left. */
export function OrderBadge({ words, state, left }: { words: Texts; state: OrderStateName; left: Deadline }) {
  const { kitchen } = words;
  if (state === 'issued') {
    return left.late ? (
      <Badge kind="overdue" icon="late" label={kitchen.overdueBy(left)} />
    ) : (
      <Badge kind="due" icon="clock" label={kitchen.timeLeft(left)} />
    );
  }
  if (state === 'withdrawn') return <Badge kind="cleared" icon="slash" label={kitchen.orderStates.withdrawn} />;
  return <Badge kind="done" icon="check" label={kitchen.orderStates[state]} />;
}

export function Badge({ kind, icon, label }: { kind: string; icon: string; label: string }) {
  return (
    <span class={`badge ${kind}`}>
      <Icon name={icon} />
      {label}
    </span>
  );
}

/** Learnt without evidence from photographs: said wherever it is shown. */
export function Experimental({ words, on }: { words: Texts; on: boolean }) {
  return on ? <span class="badge offline">{words.kitchen.experimental}</span> : null;
}
