// What the pages of an order are given.
import type { FieldFault } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import type { PageView, PlaceName } from '../../trace/parts.tsx';

export type OrderState = keyof Texts['purchase']['states'];

export type ParcelView = {
  readonly id: number;
  readonly batch: string;
  readonly href: string;
  readonly sent: number;
  readonly received: number | null;
};

export type LineView = {
  readonly id: number;
  readonly product: string;
  readonly quantity: number;
  readonly unit: string | null;
  readonly priceFen: number | null;
  readonly parcels: readonly ParcelView[];
};

export type OrderView = {
  readonly id: number;
  readonly buyer: PlaceName;
  readonly supplier: PlaceName;
  readonly state: OrderState;
  readonly dueDay: string;
  readonly placedAt: number;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
  readonly reason: string | null;
  readonly lines: readonly LineView[];
};

export type Suggestion = {
  /** Its number in the form. */
  readonly row: number;
  readonly lineId: number;
  /** null: no lot is held. */
  readonly lotId: number | null;
  /** Empty: nothing of it is held, and the code is asked for. */
  readonly code: string;
  readonly batch: string;
  readonly quantity: number;
  /** In the unit of the line; null: not known. */
  readonly onHand: number | null;
  readonly expiresAt: number | null;
  readonly certificates: readonly { readonly kind: string; readonly number: string }[];
};

export type MoneyView = {
  readonly sums: { readonly goods: number | null; readonly invoiced: number | null; readonly paid: number | null };
  readonly mismatches: readonly (keyof Texts['purchase']['mismatches'])[];
  readonly rows: readonly {
    readonly id: number;
    readonly kind: 'invoice' | 'payment';
    readonly reference: string;
    readonly amountFen: number;
    readonly at: number;
  }[];
};

export type OrderPageView = PageView & {
  readonly order: OrderView;
  readonly sides: readonly ('buyer' | 'supplier')[];
  /** What the supplier could send, line by line; only where it is the supplier's turn. */
  readonly suggested: readonly Suggestion[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly money: MoneyView;
};
