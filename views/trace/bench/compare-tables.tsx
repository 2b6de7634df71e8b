// The two rankings of a comparison: lots all came from, and places all passed.
import type { Texts } from '../../text/texts.ts';
import type { Drawing } from '../chain/graph-node.ts';
import { kindAndPlace, LotBadge, placeName, When } from '../parts.tsx';
import { compareHref } from './compare-address.ts';
import {
  type ComparedLot,
  type CompareView,
  comparedName,
  type PlaceRow,
  type SourceRow,
  stepsSaid,
} from './compare-row.ts';

type SourcesView = {
  readonly words: Texts;
  readonly view: CompareView;
  readonly sources: readonly SourceRow[];
  readonly drawing: Drawing;
};

export function CompareSources({ words, view, sources, drawing }: SourcesView) {
  const text = words.trace.compare;
  return (
    <section class="card stack" id="sources">
      <h2>{text.lots}</h2>
      <table class="cards">
        <caption class="hide">{text.lotsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.source}</th>
            <th scope="col">{text.at}</th>
            <th scope="col">{text.hits}</th>
            <th scope="col">{text.distance}</th>
            <th scope="col" class="right">
              {text.spread}
            </th>
            <th scope="col">{words.trace.state}</th>
            <th scope="col">
              <span class="hide">{text.follow}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <SourceLine words={words} view={view} source={source} drawing={drawing} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type SourceView = Omit<SourcesView, 'sources'> & { readonly source: SourceRow };

function SourceLine({ words, view, source, drawing }: SourceView) {
  const text = words.trace.compare;
  const { holding } = source;
  const followHref = holding === null ? null : followed(view, holding);
  return (
    <tr class={holding !== null && drawing.followed?.key === holding ? 'is-marked' : undefined}>
      <th scope="row" class="nowrap">
        <a href={`/trace?${new URLSearchParams({ code: source.code, direction: 'forward' })}`}>
          {comparedName(words, source)} {source.short}
        </a>
      </th>
      <td data-l={text.at} class="soft">
        {heldBy(words, source)}
      </td>
      <td data-l={text.hits}>
        <Hits words={words} lots={view.lots} reachedBy={source.reachedBy} />
      </td>
      <td data-l={text.distance} class="soft nowrap">
        {source.depth === 0 ? text.itself : text.steps(stepsSaid(source.depth))}
      </td>
      <td data-l={text.spread} class="right nowrap">
        {text.spreadOf(source.spread.lots, source.spread.more)}
      </td>
      <td class="now">
        <LotBadge words={words} state={source.state} />
      </td>
      <td class="only-desk">
        {followHref === null ? null : (
          <a class="btn small" href={followHref} hx-get={followHref}>
            {text.follow}
          </a>
        )}
      </td>
    </tr>
  );
}

const namedSites = 3;

function heldBy(words: Texts, { sites }: SourceRow): string {
  if (sites.length === 0) return '—';
  const named = sites.slice(0, namedSites).map((site) => placeName(words, site));
  const more = sites.length > namedSites ? [words.trace.bench.folded(sites.length - namedSites)] : [];
  return [...named, ...more].join(words.lang === 'en' ? ', ' : '、');
}

function followed(view: CompareView, holding: number): string {
  return compareHref(
    view.lots.map(({ code }) => code),
    { ...view.drawing, mark: holding },
  );
}

/** `3 / 4` and which of them, by their number above. */
function Hits({
  words,
  lots,
  reachedBy,
}: {
  words: Texts;
  lots: readonly ComparedLot[];
  reachedBy: readonly number[];
}) {
  const text = words.trace.compare;
  return (
    <span class="hits">
      <b>{text.hitsOf(reachedBy.length, lots.length)}</b>{' '}
      {reachedBy.map((position) => (
        <span class="count" title={text.number(position + 1)}>
          {position + 1}
        </span>
      ))}
    </span>
  );
}

type PlacesView = {
  readonly words: Texts;
  readonly lots: readonly ComparedLot[];
  readonly places: readonly PlaceRow[];
};

export function ComparePlaces({ words, lots, places }: PlacesView) {
  const text = words.trace.compare;
  return (
    <section class="card stack" id="places">
      <h2>{text.places}</h2>
      {places.length === 0 ? (
        <p class="small soft">{text.noPlaces}</p>
      ) : (
        <table class="cards">
          <caption class="hide">{text.placesCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.place}</th>
              <th scope="col">{text.hits}</th>
              <th scope="col">{text.time}</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ place, reachedBy, fromAt, untilAt }) => (
              <tr>
                <th scope="row">
                  {placeName(words, place)}
                  <span class="small faint block">{kindAndPlace(words, place)}</span>
                </th>
                <td data-l={text.hits}>
                  <Hits words={words} lots={lots} reachedBy={reachedBy} />
                </td>
                <td data-l={text.time} class="soft">
                  {fromAt === null || untilAt === null ? (
                    '—'
                  ) : (
                    <>
                      <When at={fromAt} words={words} />
                      {fromAt === untilAt ? null : (
                        <>
                          {' – '}
                          <When at={untilAt} words={words} />
                        </>
                      )}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
