// Who holds recalled goods, by scope, with what they answered.
import { Icon } from '../../parts/icon.tsx';
import { formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import {
  AnswerBadge,
  type AnswerState,
  amountWithMark,
  kindAndPlace,
  type PlaceName,
  placeName,
  type Scope,
} from '../parts.tsx';

export type HolderLine = {
  readonly place: PlaceName;
  readonly scope: Scope;
  readonly batch: string;
  readonly received: number | null;
  readonly onHand: number | null;
  readonly share: number | null;
  readonly unit: string | null;
  /** Null in a preview, where nobody was told yet. */
  readonly answer: AnswerState | null;
  readonly answeredAt: number | null;
  readonly note: string | null;
  /** How much it said in its last answer; a unit of null: pieces. */
  readonly said: { readonly quantity: number; readonly unit: string | null } | null;
  /** What its answers tell of altogether, where that is more than the books say ever came; in `unit`. */
  readonly doubt: number | null;
  readonly photoHref: string | null;
  readonly told: number;
  readonly seen: 'seen' | 'unseen';
};

type TablesView = {
  readonly words: Texts;
  readonly holders: readonly HolderLine[];
  /** One scope, or all one after another. */
  readonly scope: Scope | undefined;
  readonly now: number;
  readonly scopeHref: ((scope: Scope) => string) | undefined;
};

const scopes = ['definite', 'proportional', 'potential'] as const;

export function HolderTables({ words, holders, scope, now, scopeHref }: TablesView) {
  const text = words.trace.recall;
  const count = (each: Scope) => holders.filter((holder) => holder.scope === each).length;
  if (scope !== undefined && scopeHref !== undefined) {
    return (
      <>
        <nav class="tabs" aria-label={words.trace.bench.scope}>
          {scopes.map((each) => (
            <a href={scopeHref(each)} aria-current={each === scope ? 'page' : undefined}>
              {words.trace.scopes[each]} <span class="count">{count(each)}</span>
            </a>
          ))}
        </nav>
        <p class="small soft">{words.trace.scopeNotes[scope]}</p>
        <HolderTable
          words={words}
          holders={holders.filter((holder) => holder.scope === scope)}
          scope={scope}
          now={now}
        />
      </>
    );
  }
  if (holders.length === 0) return <p class="soft">{text.noHolders}</p>;
  return (
    <>
      {scopes.map((each) =>
        count(each) === 0 ? null : (
          <div class="stack">
            <h3>
              {words.trace.scopeNotes[each]} <span class="count">{count(each)}</span>
            </h3>
            <HolderTable
              words={words}
              holders={holders.filter((holder) => holder.scope === each)}
              scope={each}
              now={now}
            />
          </div>
        ),
      )}
    </>
  );
}

const mostRows = 500;

function HolderTable({
  words,
  holders,
  scope,
}: {
  words: Texts;
  holders: readonly HolderLine[];
  scope: Scope;
  now: number;
}) {
  const text = words.trace.recall;
  if (holders.length === 0) return <p class="soft">{text.noHolders}</p>;
  const answered = holders.some(({ answer }) => answer !== null);
  const shared = scope !== 'definite';
  return (
    <table class="cards">
      <caption class="hide">{text.holdersIn(words.trace.scopes[scope])}</caption>
      <thead>
        <tr>
          <th scope="col">{text.holder}</th>
          {shared ? <th scope="col">{words.trace.bench.lot}</th> : null}
          <th scope="col" class="right">
            {text.handled}
          </th>
          <th scope="col" class="right">
            {text.onHand}
          </th>
          {scope === 'proportional' ? (
            <th scope="col" class="right">
              {text.share}
            </th>
          ) : null}
          {answered ? <th scope="col">{text.answer}</th> : null}
          {answered ? <th scope="col">{text.note}</th> : null}
        </tr>
      </thead>
      <tbody>
        {[...holders]
          .sort(byNeed)
          .slice(0, mostRows)
          .map((holder) => (
            <Row words={words} holder={holder} scope={scope} answered={answered} />
          ))}
      </tbody>
    </table>
  );
}

/** Who has not answered comes first. */
function byNeed(a: HolderLine, b: HolderLine): number {
  return Number(b.answer === 'silent') - Number(a.answer === 'silent') || (b.onHand ?? 0) - (a.onHand ?? 0);
}

function Row({
  words,
  holder,
  scope,
  answered,
}: {
  words: Texts;
  holder: HolderLine;
  scope: Scope;
  answered: boolean;
}) {
  const text = words.trace.recall;
  const quantity = (value: number | null) =>
    value === null ? words.common.unknown : amountWithMark(words, value, holder.unit);
  const where = kindAndPlace(words, holder.place);
  return (
    <tr class={holder.answer === 'silent' ? 'is-late' : undefined}>
      <th scope="row">
        <HolderName words={words} place={holder.place} />
        {where === '' ? null : <span class="small faint block">{where}</span>}
      </th>
      {scope === 'definite' ? null : (
        <td data-l={words.trace.bench.lot} class="code small">
          {holder.batch}
        </td>
      )}
      <td data-l={text.handled} class="right nowrap">
        {quantity(holder.received)}
      </td>
      <td data-l={text.onHand} class="right nowrap">
        {quantity(holder.onHand)}
      </td>
      {scope === 'proportional' ? (
        <td data-l={text.share} class="right nowrap">
          {quantity(holder.share)}
        </td>
      ) : null}
      {answered ? (
        <td class="now">{holder.answer === null ? null : <AnswerBadge words={words} answer={holder.answer} />}</td>
      ) : null}
      {answered ? (
        <td data-l={text.note} class="soft small">
          <Note words={words} holder={holder} />
        </td>
      ) : null}
    </tr>
  );
}

/** Its page says what else is known of the place. */
function HolderName({ words, place }: { words: Texts; place: PlaceName }) {
  const name = placeName(words, place);
  return /^\d{13}$/.test(place.id) ? <a href={`/414/${place.id}`}>{name}</a> : <span>{name}</span>;
}

function Note({ words, holder }: { words: Texts; holder: HolderLine }) {
  const text = words.trace.recall;
  const comma = words.lang === 'en' ? ', ' : '，';
  if (holder.answeredAt === null) {
    return (
      <>
        {text.notifiedTimes(holder.told)}
        {holder.seen === 'seen' ? comma + text.seen : ''}
      </>
    );
  }
  return (
    <>
      <time datetime={new Date(holder.answeredAt).toISOString()}>{formatTime(holder.answeredAt, words.lang)}</time>
      {holder.said === null ? '' : `${comma}${amountWithMark(words, holder.said.quantity, holder.said.unit)}`}
      {holder.note === null ? '' : `${comma}${holder.note}`}
      {holder.doubt === null || holder.received === null ? null : (
        <b class="doubt block">
          <Icon name="alert" />{' '}
          {text.saidMore(
            amountWithMark(words, holder.doubt, holder.unit),
            amountWithMark(words, holder.received, holder.unit),
          )}
        </b>
      )}
      {holder.photoHref === null ? null : (
        <a class="photo-link" href={holder.photoHref}>
          <Icon name="photo" />
          {text.withPhoto}
        </a>
      )}
    </>
  );
}
