// Pieces of the pages about model packs: a set's name and state, a measured share, a number under its label.
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { Badge } from '../state-badge.tsx';

export type SetStateName = keyof Texts['packs']['states'];

export type SetView = {
  readonly id: number;
  readonly state: SetStateName;
  readonly source: keyof Texts['packs']['sources'];
  readonly note: string;
  readonly addedAt: number;
  readonly fault: string | null;
  readonly packs: readonly {
    readonly name: string;
    readonly version: string;
    readonly sha256: string;
    readonly bytes: number;
  }[];
};

const looks: Readonly<Record<SetStateName, { kind: string; icon: string }>> = {
  candidate: { kind: 'suspect', icon: 'diamond' },
  shadow: { kind: 'unsure', icon: 'both' },
  active: { kind: 'online', icon: 'live' },
  retired: { kind: 'offline', icon: 'slash' },
};

export function SetBadge({ words, state }: { words: Texts; state: SetStateName }) {
  const { kind, icon } = looks[state];
  return <Badge kind={kind} icon={icon} label={words.packs.states[state]} />;
}

/** Its models and versions in one line. */
export function packNames(set: Pick<SetView, 'packs'>): string {
  return set.packs.map(({ name, version }) => `${name} ${version}`).join(' · ');
}

export type ShareView = { readonly share: number; readonly low: number; readonly high: number; readonly of: number };

// Below this a share says more of luck than of the model.
const fewestForShare = 10;

/** A measured share never stands without its interval and its count. */
export function MeasuredShare({ words, share }: { words: Texts; share: ShareView | undefined }) {
  if (share === undefined) return <>—</>;
  const percent = (value: number, decimals = 0) => formatNumber(value * 100, decimals);
  return (
    <>
      <b>{percent(share.share, 1)}%</b>{' '}
      <span class="small soft nowrap">
        ({percent(share.low)}–{percent(share.high)})
      </span>
      <span class="note-line small faint">
        {share.of < fewestForShare
          ? words.packs.thin(share.of)
          : words.packs.ofCount(Math.round(share.share * share.of), share.of)}
      </span>
    </>
  );
}

/** A threshold as it was set: no digit lost, none added. */
export function scoreText(score: number): string {
  return String(Number(score.toFixed(3)));
}

export function Tile({ label, value, unit, note }: { label: string; value: string; unit?: string; note?: string }) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        {value} {unit === undefined || unit === '' ? null : <small>{unit}</small>}
        {note === undefined ? null : <span class="note-line">{note}</span>}
      </dd>
    </div>
  );
}

export function Saved({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p class="toast still" role="status">
      {text}
    </p>
  );
}
