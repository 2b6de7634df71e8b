// A measured share as it is written: never without its interval.
import type { RateView } from './quality-view.ts';

export function rateText({ share, low, high }: RateView): string {
  const percent = (value: number) => (value * 100).toFixed(1);
  return `${percent(share)}% (${percent(low)}–${percent(high)})`;
}

/** Of a thousand, for what is rare. */
export function perThousandText({ share, low, high }: RateView): string {
  const thousand = (value: number) => (value * 1000).toFixed(1);
  return `${thousand(share)}‰ (${thousand(low)}–${thousand(high)})`;
}
