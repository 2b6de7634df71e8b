// What the page of one subscription is given to show.
import type { PageView } from '../parts.tsx';
import type { SubscriptionLine } from './subscription-parts.tsx';

export type DeliveryLine = {
  readonly deliveryId: string;
  readonly state: 'open' | 'delivered' | 'test';
  readonly eventCount: number;
  readonly attempts: number;
  readonly at: number;
  readonly status: number | null;
  readonly fault: string | null;
};

export type SubscriptionView = PageView & {
  readonly line: SubscriptionLine;
  readonly deliveries: readonly DeliveryLine[];
  readonly changed: 'paused' | 'resumed' | null;
  /** What a test just came to. */
  readonly tested: { readonly status: number | null; readonly fault: string | null } | null;
};
