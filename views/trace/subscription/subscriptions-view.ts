// What the list of subscriptions is given to show.
import type { FieldFault } from '../../parts/form.tsx';
import type { PageView } from '../parts.tsx';
import type { SubscriptionLine } from './subscription-parts.tsx';

export type SubscriptionsView = PageView & {
  readonly lines: readonly SubscriptionLine[];
  /** `everybodys`: the administrator's list. */
  readonly whose: 'own' | 'everybodys';
  /** Names of the queries this account keeps. */
  readonly queries: readonly string[];
  readonly steps: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  /** Just made: with its token when that is to be shown, this once. */
  readonly made: { readonly id: string; readonly token: string | null } | null;
  readonly changed: 'removed' | null;
  readonly networks: readonly { readonly id: number; readonly network: string; readonly port: number }[];
};
