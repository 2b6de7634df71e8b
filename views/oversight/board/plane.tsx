// Kitchens on a plane, each a link: a triangle, a diamond or a circle; with an operator's tiles the same marks stand on a map.
import type { Texts } from '../../text/texts.ts';

export type State = 'at_once' | 'by_date' | 'routine';
export type PlaneMark = {
  readonly x: number;
  readonly y: number;
  /** `latitude,longitude`. */
  readonly at: string | undefined;
  readonly state: State;
  readonly count: number;
  readonly href: string;
  readonly name: string;
};
export type Tiles = { readonly url: string; readonly credit: string };

const width = 720;
const height = 440;
const edge = 20;

/** With tiles, a script puts the same marks on a map; without it, or when no tile comes, the plane stands. */
export function Plane({
  words,
  marks,
  tiles,
}: {
  words: Texts;
  marks: readonly PlaneMark[];
  tiles: Tiles | undefined;
}) {
  if (marks.length === 0) return <p class="soft">{words.districtBoard.noPlane}</p>;
  return (
    <>
      {tiles === undefined ? null : <MapFrame words={words} tiles={tiles} />}
      <PlainPlane words={words} marks={marks} />
    </>
  );
}

function MapFrame({ words, tiles }: { words: Texts; tiles: Tiles }) {
  const text = words.districtBoard;
  return (
    <>
      <section
        class="map"
        id="map"
        aria-label={text.map}
        data-tiles={tiles.url}
        data-credit={tiles.credit}
        data-nearer={text.nearer}
        data-farther={text.farther}
        hidden
      ></section>
      <p class="small soft" id="no-map" hidden>
        {text.noMap}
      </p>
    </>
  );
}

function PlainPlane({ words, marks }: { words: Texts; marks: readonly PlaneMark[] }) {
  const text = words.districtBoard;
  return (
    <svg class="plane" viewBox={`0 0 ${width} ${height}`}>
      <title>{text.plane}</title>
      {marks.map((mark) => {
        const tier = words.risk.tiers[mark.state];
        const said = mark.count === 1 ? `${mark.name} · ${tier}` : text.several(mark.count, tier);
        return (
          <a href={mark.href} aria-label={said} data-at={mark.at}>
            <title>{said}</title>
            <Shape mark={mark} />
          </a>
        );
      })}
    </svg>
  );
}

const tones: Readonly<Record<State, string>> = {
  at_once: 'var(--bad)',
  by_date: 'var(--warn)',
  routine: 'var(--good)',
};

/** A triangle, a diamond, a circle: told apart without their colours. */
function Shape({ mark }: { mark: Pick<PlaneMark, 'x' | 'y' | 'state' | 'count'> }) {
  const x = edge + mark.x * (width - 2 * edge);
  const y = edge + mark.y * (height - 2 * edge);
  const r = mark.count === 1 ? 8 : Math.min(18, 8 + Math.log2(mark.count) * 1.6);
  const paths: Readonly<Record<State, string>> = {
    at_once: `M${x} ${y - r}L${x + r} ${y + r * 0.8}H${x - r}Z`,
    by_date: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`,
    routine: `M${x - r * 0.8} ${y}a${r * 0.8} ${r * 0.8} 0 1 0 ${r * 1.6} 0a${r * 0.8} ${r * 0.8} 0 1 0 ${-r * 1.6} 0`,
  };
  return (
    <>
      <path d={paths[mark.state]} fill={tones[mark.state]} stroke="var(--surface)" stroke-width="1.5" />
      {mark.count === 1 ? null : (
        <text x={x} y={y + r + 10} text-anchor="middle">
          {mark.count}
        </text>
      )}
    </>
  );
}

export function Legend({ words, counts }: { words: Texts; counts: Readonly<Record<State, number>> }) {
  return (
    <ul class="plain row">
      {(['at_once', 'by_date', 'routine'] as const).map((state, index) => (
        <li class="row">
          <svg viewBox="0 0 40 40" width="22" height="22" aria-hidden="true">
            <g transform={`translate(${-edge - index * 0} ${-edge})`}>
              <Shape mark={{ x: 20 / (width - 2 * edge), y: 20 / (height - 2 * edge), state, count: 1 }} />
            </g>
          </svg>
          <a href={`/risk?tier=${state}`}>{words.risk.tiers[state]}</a> <b>{counts[state]}</b>
        </li>
      ))}
    </ul>
  );
}
