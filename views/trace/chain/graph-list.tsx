// The chain on a phone: a list stage by stage, each holding with its state; what stands back can be opened.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { AnswerBadge, LotBadge, stageOf } from '../parts.tsx';
import type { ChainHolding } from './chain.ts';
import { type Drawing, type GraphView, holdingHref, isDim, nodeLines } from './graph-node.ts';

const mostPerStage = 12;
const classes = {
  phone: 'line only-phone',
  'phone and paper': 'line only-phone on-paper',
  everywhere: 'line',
} as const;

type ListView = Omit<GraphView, 'label'> & {
  /** Beside a drawing it stands on a phone only, and on paper where the drawing would be too small to read. */
  readonly on: 'phone' | 'phone and paper' | 'everywhere';
};

/** The same chain stage by stage, each holding with its state. */
export function ChainList({ words, chain, query, drawing, on }: ListView) {
  const depths = [...new Set(chain.holdings.map(({ depth }) => depth))].sort((a, b) => a - b);
  return (
    <ol class={classes[on]}>
      {depths.map((depth) => {
        const members = chain.holdings.filter((holding) => holding.depth === depth);
        const { icon } = stageOf(members[0]?.place.kind ?? null);
        const stages = [...new Set(members.map(({ place }) => stageOf(place.kind).stage))];
        const lit = members.filter(({ key }) => !isDim(drawing, [key]));
        const back = members.filter(({ key }) => isDim(drawing, [key]));
        return (
          <li class={depth === 0 ? 'is-here' : undefined}>
            <span class="dot">
              <Icon name={icon} />
            </span>
            <h3>
              {stages.map((stage) => words.trace.stages[stage]).join(words.lang === 'en' ? ' · ' : '、')}{' '}
              <span class="faint small">{words.trace.bench.steps(depth)}</span>
            </h3>
            <StageItems words={words} members={lit} query={query} drawing={drawing} />
            {back.length === 0 ? null : (
              <details class="more small">
                <summary>{words.trace.bench.standsBack(back.length)}</summary>
                <StageItems words={words} members={back} query={query} drawing={drawing} />
              </details>
            )}
          </li>
        );
      })}
    </ol>
  );
}

type ItemsView = {
  readonly words: Texts;
  readonly members: readonly ChainHolding[];
  readonly query: string;
  readonly drawing: Drawing | undefined;
};

function StageItems({ words, members, query, drawing }: ItemsView) {
  const shown = members.slice(0, mostPerStage);
  return (
    <ul class="level">
      {shown.map((holding) => (
        <ListItem words={words} holding={holding} query={query} drawing={drawing} />
      ))}
      {members.length > shown.length ? (
        <li>
          <a href="#holders">{words.trace.bench.folded(members.length - shown.length)}</a>
        </li>
      ) : null}
    </ul>
  );
}

type ItemView = Omit<ItemsView, 'members'> & { readonly holding: ChainHolding };

function ListItem({ words, holding, query, drawing }: ItemView) {
  const [name, said] = nodeLines(words, holding);
  const scope =
    holding.scope === 'here' || holding.scope === 'none'
      ? ''
      : `${words.trace.scopes[holding.scope]}${words.lang === 'en' ? ': ' : '：'}`;
  const marked = drawing?.followed?.key === holding.key;
  const remark = drawing?.remarks.get(holding.key)?.said;
  return (
    <li class={marked ? 'is-marked' : undefined}>
      <div class="row spread">
        <a
          href={drawing === undefined ? holdingHref(holding, query) : drawing.markHref(holding.key)}
          aria-current={marked ? 'true' : undefined}
        >
          <b>{name}</b>
        </a>
        {holding.answer !== null ? (
          <AnswerBadge words={words} answer={holding.answer} />
        ) : holding.lotState === 'ok' ? null : (
          <LotBadge words={words} state={holding.lotState} />
        )}
      </div>
      <p class="small soft">
        {scope}
        {said}
        {remark === undefined ? null : <b class="block">{remark}</b>}
      </p>
    </li>
  );
}
