// What a shop does about a finding of its own: goods that were not scanned (未扫码) or not coded (未赋码) are put right here.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';

type Act = {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number | null>>;
  /** The lot's canonical code; null where no lot is concerned. */
  readonly code: string | null;
};

/** The way to the act, or nothing: what somebody else failed to scan cannot be put right here. */
export function FindingAct({ words, act }: { words: Texts; act: Act }) {
  const href = hrefOf(act);
  if (href === null) return null;
  const { shop, claims } = words.trace;
  const labels: Readonly<Record<string, string>> = { foreign: claims.decide, uncoded: shop.giveCode };
  return (
    <p>
      <a class="btn small" href={href}>
        <Icon name={act.kind === 'foreign' ? 'person' : 'scan'} />
        {labels[act.kind] ?? shop.scanIn}
      </a>
    </p>
  );
}

function hrefOf({ kind, values, code }: Act): string | null {
  if (kind === 'foreign') return '/claims';
  if (kind === 'uncoded') return '/receive#uncoded';
  const missing = kind === 'transit' || (kind === 'unscanned' && values['missing'] === 'receipt');
  if (!missing || code === null) return null;
  const params = new URLSearchParams({ code });
  if (typeof values['amount'] === 'number') params.set('quantity', String(values['amount']));
  if (typeof values['unit'] === 'string') params.set('unit', values['unit']);
  return `/receive?${params}`;
}
