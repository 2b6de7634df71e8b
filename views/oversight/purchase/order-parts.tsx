// Pieces of an order that several pages show: its state, its goods in a line, what differs, and yuan.
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { amountWithMark } from '../../trace/parts.tsx';
import type { LineView, OrderState, OrderView } from './order-view.ts';

const tones: Readonly<Record<OrderState, string>> = {
  placed: 'due',
  sent: 'due',
  received: 'done',
  cancelled: 'offline',
  declined: 'overdue',
};

export function OrderBadge({ words, state }: { words: Texts; state: OrderState }) {
  return <span class={`badge ${tones[state]}`}>{words.purchase.states[state]}</span>;
}

/** `五花肉 10.0 kg、对虾 5.0 kg`. */
export function goodsSaid(words: Texts, lines: readonly LineView[]): string {
  const said = lines.map(({ product, quantity, unit }) => `${product} ${amountWithMark(words, quantity, unit)}`);
  return said.join(words.lang === 'en' ? ', ' : '、');
}

/** How much less or more came than was sent; undefined: the same. */
export function differenceSaid(words: Texts, from: number, to: number, unit: string | null): string | undefined {
  const difference = Math.round((to - from) * 1e6) / 1e6;
  if (difference === 0) return undefined;
  const said = amountWithMark(words, Math.abs(difference), unit);
  return difference < 0 ? words.purchase.less(said) : words.purchase.more(said);
}

export function differs({ lines }: Pick<OrderView, 'lines'>): boolean {
  return lines.some(({ parcels }) => parcels.some(({ sent, received }) => received !== null && received !== sent));
}

export function yuanSaid(words: Texts, fen: number | null): string {
  return fen === null ? words.purchase.unknownYuan : words.purchase.yuan(formatNumber(fen / 100, 2));
}
