// The table twin of the drawn chain, and the filters by time, place and scope.
import type { Texts } from '../../text/texts.ts';
import { askedParams, type BenchAsked, type BenchFilter, benchHref, withDrawing } from '../chain/bench-address.ts';
import type { ChainHolding } from '../chain/chain.ts';
import { type Drawing, holdingHref, isDim, productLine } from '../chain/graph-node.ts';
import { AnswerBadge, amountWithMark, kindAndPlace, LotBadge, type LotState, placeName, When } from '../parts.tsx';

export function matchingHoldings(words: Texts, holdings: readonly ChainHolding[], filter: BenchFilter): ChainHolding[] {
  const party = filter.party.trim().toLowerCase();
  return holdings
    .filter(({ place, scope }) => {
      const named =
        party === '' ||
        [place.id, place.name, place.nameEn, place.address, kindAndPlace(words, place)].some((text) =>
          (text ?? '').toLowerCase().includes(party),
        );
      return (
        named && (filter.scope === '' || scope === filter.scope || (filter.scope === 'definite' && scope === 'here'))
      );
    })
    .sort((a, b) => a.depth - b.depth || (b.received ?? 0) - (a.received ?? 0) || a.key - b.key);
}

export function BenchFilters({ words, asked }: { words: Texts; asked: BenchAsked }) {
  const text = words.trace.bench;
  const { filter, drawing } = asked;
  const scopes = Object.entries(words.trace.scopes);
  const active = Object.values(filter).some((value) => value !== '');
  const cleared = { from: '', until: '', party: '', scope: '' } as const;
  return (
    <details class="filters" open={active}>
      <summary>{text.filter}</summary>
      <form class="filter-row" method="get" action="/trace#holders">
        {[...withDrawing(askedParams(asked), drawing)].map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="field">
          <label for="from">{text.from}</label>
          <input id="from" name="from" type="date" value={filter.from} />
        </div>
        <div class="field">
          <label for="until">{text.until}</label>
          <input id="until" name="until" type="date" value={filter.until} />
        </div>
        <div class="field grow">
          <label for="party">{text.party}</label>
          <input
            id="party"
            name="party"
            value={filter.party}
            placeholder={text.partyHint}
            maxlength={100}
            autocomplete="off"
          />
        </div>
        <div class="field">
          <label for="scope">{text.scope}</label>
          <select id="scope" name="scope">
            <option value="">{words.trace.lots.anyStatus}</option>
            {scopes.map(([scope, label]) => (
              <option value={scope} selected={filter.scope === scope}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div class="row">
          <button class="btn" type="submit">
            {text.apply}
          </button>
          {active ? (
            <a class="btn bare" href={benchHref(asked, { filter: cleared })}>
              {text.clear}
            </a>
          ) : null}
        </div>
      </form>
    </details>
  );
}

const shownRows = 60;

type TableView = {
  readonly words: Texts;
  readonly holdings: readonly ChainHolding[];
  readonly query: string;
  readonly drawing: Drawing;
};

/** What is followed comes first; the rest keeps its order below. */
export function HolderTable({ words, holdings, query, drawing }: TableView) {
  const text = words.trace.bench;
  const lit = holdings.filter(({ key }) => !isDim(drawing, [key]));
  const ordered = [...lit, ...holdings.filter(({ key }) => isDim(drawing, [key]))];
  const [first, rest] = [ordered.slice(0, shownRows), ordered.slice(shownRows)];
  return (
    <>
      <table class="cards holders">
        <caption class="hide">{text.tableCaption}</caption>
        <HolderHead words={words} />
        <tbody>
          {first.map((holding) => (
            <HolderRow words={words} holding={holding} query={query} drawing={drawing} />
          ))}
        </tbody>
      </table>
      {rest.length === 0 ? null : (
        <details class="more">
          <summary>{text.folded(rest.length)}</summary>
          <table class="cards holders">
            <caption class="hide">{text.tableCaption}</caption>
            <HolderHead words={words} />
            <tbody>
              {rest.map((holding) => (
                <HolderRow words={words} holding={holding} query={query} drawing={drawing} />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

/** Whether anything but the time, which bounds the walk itself, leaves holdings out. */
export function isNarrowed({ party, scope }: BenchFilter): boolean {
  return party.trim() !== '' || scope !== '';
}

/** A table of lots in order is not a row of badges: only what needs a hand stands out. */
function QuietState({ words, state }: { words: Texts; state: LotState }) {
  return state === 'ok' ? (
    <span class="small faint">{words.trace.lotStates.ok}</span>
  ) : (
    <LotBadge words={words} state={state} />
  );
}

function HolderHead({ words }: { words: Texts }) {
  const text = words.trace.bench;
  return (
    <thead>
      <tr>
        <th scope="col">{text.site}</th>
        <th scope="col">{text.lot}</th>
        <th scope="col">{text.depth}</th>
        <th scope="col" class="right">
          {text.received}
        </th>
        <th scope="col" class="right">
          {text.onHand}
        </th>
        <th scope="col">{text.reached}</th>
        <th scope="col">{words.trace.state}</th>
      </tr>
    </thead>
  );
}

type RowView = Omit<TableView, 'holdings'> & { readonly holding: ChainHolding };

function HolderRow({ words, holding, query, drawing }: RowView) {
  const text = words.trace.bench;
  const quantity = (value: number | null) => (value === null ? '—' : amountWithMark(words, value, holding.unit));
  const where = kindAndPlace(words, holding.place);
  const marked = drawing.followed?.key === holding.key;
  const dim = isDim(drawing, [holding.key]);
  const classes = [
    holding.answer === 'silent' && !dim ? 'is-late' : '',
    dim ? 'is-dim' : '',
    marked ? 'is-marked' : '',
  ];
  return (
    <tr class={classes.filter((name) => name !== '').join(' ') || undefined}>
      <th scope="row">
        <a
          href={drawing.markHref(holding.key)}
          hx-boost="true"
          id={`r${holding.key}`}
          title={text.markThis}
          aria-current={marked ? 'true' : undefined}
        >
          {placeName(words, holding.place)}
        </a>
        {where === '' ? null : <span class="small faint block">{where}</span>}
      </th>
      <td data-l={text.lot}>
        <a href={holdingHref(holding, query)}>{productLine(words, holding)}</a>
      </td>
      <td data-l={text.depth} class="soft nowrap">
        {text.steps(holding.depth)}
        {drawing.followed === null || dim ? null : <b class="small block">{marked ? text.marked : text.connected}</b>}
      </td>
      <td data-l={text.received} class="right nowrap">
        {quantity(holding.received)}
      </td>
      <td data-l={text.onHand} class="right nowrap">
        {quantity(holding.onHand)}
      </td>
      <td data-l={text.reached} class="soft small">
        {holding.reachedAt === null ? '—' : <When at={holding.reachedAt} words={words} />}
      </td>
      <td class="now">
        {holding.answer !== null ? (
          <AnswerBadge words={words} answer={holding.answer} />
        ) : (
          <QuietState words={words} state={holding.lotState} />
        )}
      </td>
    </tr>
  );
}
