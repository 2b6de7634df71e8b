// The table twin of the drawn chain, and the filters by time, place and scope.
import type { Texts } from '../text/texts.ts';
import type { ChainHolding } from './chain.ts';
import { holdingHref, productLine } from './graph.tsx';
import {
  AnswerBadge,
  amountWithMark,
  kindAndPlace,
  LotBadge,
  type LotState,
  placeName,
  type Scope,
  When,
} from './parts.tsx';

export type BenchFilter = {
  /** As typed, `2026-11-22`; empty when not asked. */
  readonly from: string;
  readonly until: string;
  readonly party: string;
  readonly scope: Scope | '';
};

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

type FiltersView = {
  readonly words: Texts;
  readonly filter: BenchFilter;
  readonly code: string;
  readonly direction: string;
};

export function BenchFilters({ words, filter, code, direction }: FiltersView) {
  const text = words.trace.bench;
  const scopes = Object.entries(words.trace.scopes);
  const active = filter.from !== '' || filter.until !== '' || filter.party !== '' || filter.scope !== '';
  return (
    <details class="filters" open={active}>
      <summary>{text.filter}</summary>
      <form class="filter-row" method="get" action="/trace#holders">
        <input type="hidden" name="code" value={code} />
        <input type="hidden" name="direction" value={direction} />
        <div class="field">
          <label for="from">{text.from}</label>
          <input id="from" name="from" type="date" value={filter.from} />
        </div>
        <div class="field">
          <label for="until">{text.until}</label>
          <input id="until" name="until" type="date" value={filter.until} />
        </div>
        <div class="field">
          <label for="party">{text.party}</label>
          <input id="party" name="party" value={filter.party} placeholder={text.partyHint} maxlength={100} />
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
          <button class="btn small" type="submit">
            {text.apply}
          </button>
          {active ? (
            <a class="btn small bare" href={`/trace?${new URLSearchParams({ code, direction })}`}>
              {text.clear}
            </a>
          ) : null}
        </div>
      </form>
    </details>
  );
}

const shownRows = 60;

export function HolderTable({
  words,
  holdings,
  query,
}: {
  words: Texts;
  holdings: readonly ChainHolding[];
  query: string;
}) {
  const text = words.trace.bench;
  const [first, rest] = [holdings.slice(0, shownRows), holdings.slice(shownRows)];
  return (
    <>
      <table class="cards">
        <caption class="hide">{text.tableCaption}</caption>
        <HolderHead words={words} />
        <tbody>
          {first.map((holding) => (
            <HolderRow words={words} holding={holding} query={query} />
          ))}
        </tbody>
      </table>
      {rest.length === 0 ? null : (
        <details class="more">
          <summary>{text.folded(rest.length)}</summary>
          <table class="cards">
            <HolderHead words={words} />
            <tbody>
              {rest.slice(0, 2_000).map((holding) => (
                <HolderRow words={words} holding={holding} query={query} />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
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

function HolderRow({ words, holding, query }: { words: Texts; holding: ChainHolding; query: string }) {
  const text = words.trace.bench;
  const quantity = (value: number | null) => (value === null ? '—' : amountWithMark(words, value, holding.unit));
  const where = kindAndPlace(words, holding.place);
  return (
    <tr class={holding.answer === 'silent' ? 'is-late' : undefined}>
      <th scope="row">
        {placeName(words, holding.place)}
        {where === '' ? null : <span class="small faint block">{where}</span>}
      </th>
      <td data-l={text.lot}>
        <a href={holdingHref(holding, query)}>{productLine(words, holding)}</a>
      </td>
      <td data-l={text.depth} class="soft nowrap">
        {text.steps(holding.depth)}
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
