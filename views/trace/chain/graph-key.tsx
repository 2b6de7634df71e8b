// The key under a drawn chain: only what really stands in the drawing above it.
import type { Texts } from '../../text/texts.ts';
import { rimOf } from '../parts.tsx';
import type { Chain } from './chain.ts';
import type { GraphLayout } from './graph-layout.ts';
import type { Drawing } from './graph-node.ts';

type KeyView = {
  readonly words: Texts;
  readonly chain: Chain;
  readonly layout: GraphLayout;
  readonly drawing: Drawing | undefined;
};

const marks = { here: 'k-here', none: 'k-plain', definite: '', proportional: 'k-share', potential: 'k-touch' } as const;

export function GraphKey({ words, chain, layout, drawing }: KeyView) {
  const { bench, scopeNotes } = words.trace;
  const notes = { ...scopeNotes, here: bench.keyHere, none: bench.keyPlain };
  const scopes = (['here', 'definite', 'proportional', 'potential', 'none'] as const).filter((scope) =>
    chain.holdings.some((holding) => holding.scope === scope),
  );
  const hereRim = rimOf(chain.holdings.find(({ scope }) => scope === 'here')?.lotState ?? 'ok');
  return (
    <ul class="key" aria-label={bench.legend}>
      {scopes.map((scope) => (
        <li>
          <svg viewBox="0 0 14 14" aria-hidden="true" class="graph-key">
            <rect
              class={scope === 'here' ? `${marks.here}${hereRim}` : marks[scope]}
              x={1}
              y={2}
              width={12}
              height={10}
              rx={2}
            />
          </svg>
          {notes[scope]}
        </li>
      ))}
      {layout.curves.some(({ label }) => label !== undefined) ? (
        <li class="only-desk">
          <svg viewBox="0 0 14 14" aria-hidden="true" class="graph-key">
            <path class="k-thin" d="M0 3h14" />
            <path class="k-thick" d="M0 10h14" />
          </svg>
          {bench.keyWidth}
        </li>
      ) : null}
      {drawing === undefined || drawing.followed === null ? null : (
        <li>
          <svg viewBox="0 0 14 14" aria-hidden="true" class="graph-key">
            <rect class="k-marked" x={1.5} y={2.5} width={11} height={9} rx={2} />
          </svg>
          {bench.keyMarked}
        </li>
      )}
      {layout.folded === 0 ? null : (
        <li class="faint only-desk">
          {bench.folded(layout.folded)}
          {words.lang === 'en' ? ', ' : '：'}
          {bench.foldedNote}
        </li>
      )}
    </ul>
  );
}
