// What others said of one's places: each statement with who said it, to be confirmed or denied.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { amountWithMark, EmptyState, kindAndPlace, type PageView, type PlaceName, placeName, When } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';

export type ClaimLine = {
  readonly eventId: number;
  readonly at: number;
  readonly recordedAt: number;
  readonly step: string | null;
  readonly kind: string;
  readonly hash: string;
  readonly place: PlaceName;
  /** Null: the program itself. */
  readonly by: string | null;
  readonly state: 'open' | 'confirmed' | 'accepted' | 'denied' | 'withdrawn';
  readonly decidedAt: number | null;
  readonly goods: readonly {
    readonly batch: string;
    readonly code: string;
    readonly quantity: number | null;
    readonly unit: string | null;
  }[];
};

export type ClaimsView = PageView & {
  /** `oversee`: an inspector accepts; `own`: the place confirms. */
  readonly whose: 'oversee' | 'own';
  readonly open: readonly ClaimLine[];
  readonly made: readonly ClaimLine[];
  readonly done: 'confirm' | 'deny' | null;
};

export function ClaimsPage(view: ClaimsView) {
  const { words, here, viewer, whose, open, made, done } = view;
  const text = words.trace.claims;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{whose === 'own' ? text.ownLead : text.overseeLead}</p>
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{done === 'confirm' ? text.confirmed : text.denied}</span>
        </p>
      )}
      <section class="card stack">
        {open.length === 0 ? (
          <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
        ) : (
          <ClaimTable words={words} claims={open} whose={whose} />
        )}
      </section>
      {made.length === 0 ? null : (
        <section class="card stack">
          <h2>{text.madeTitle}</h2>
          <p class="small soft">{text.madeLead}</p>
          <ClaimTable words={words} claims={made} whose="made" />
        </section>
      )}
    </TracePage>
  );
}

type Whose = ClaimsView['whose'] | 'made';

function ClaimTable({ words, claims, whose }: { words: Texts; claims: readonly ClaimLine[]; whose: Whose }) {
  const text = words.trace.claims;
  return (
    <table class="cards">
      <caption class="hide">{whose === 'made' ? text.madeTitle : text.title}</caption>
      <thead>
        <tr>
          <th scope="col">{text.what}</th>
          <th scope="col">{words.trace.place}</th>
          <th scope="col">{words.trace.lotCode}</th>
          <th scope="col">{whose === 'made' ? words.trace.state : text.by}</th>
          <th scope="col">
            <span class="hide">{text.decide}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {claims.map((claim) => (
          <ClaimRow words={words} claim={claim} whose={whose} />
        ))}
      </tbody>
    </table>
  );
}

function ClaimRow({ words, claim, whose }: { words: Texts; claim: ClaimLine; whose: Whose }) {
  const text = words.trace.claims;
  return (
    <tr id={whose === 'made' ? undefined : `claim-${claim.eventId}`}>
      <th scope="row">
        {words.trace.steps[claim.step ?? ''] ?? claim.step ?? claim.kind}
        <span class="small soft block">
          <When at={claim.at} words={words} />
        </span>
      </th>
      <td data-l={words.trace.place}>
        {placeName(words, claim.place)}
        <span class="small faint block">{kindAndPlace(words, claim.place)}</span>
      </td>
      <td data-l={words.trace.lotCode}>
        <Goods words={words} goods={claim.goods} />
      </td>
      <td data-l={whose === 'made' ? words.trace.state : text.by}>
        {whose === 'made' ? text.states[claim.state] : (claim.by ?? text.program)}
        <span class="small faint block">
          <When at={claim.decidedAt ?? claim.recordedAt} words={words} />
        </span>
      </td>
      <td class="now">{whose === 'made' ? null : <Decide words={words} claim={claim} whose={whose} />}</td>
    </tr>
  );
}

function Goods({ words, goods }: { words: Texts; goods: ClaimLine['goods'] }) {
  return (
    <ul class="plain small">
      {goods.map(({ batch, code, quantity, unit }) => (
        <li>
          <span class="code" title={code}>
            {batch}
          </span>
          {quantity === null ? null : ` ${amountWithMark(words, quantity, unit)}`}
        </li>
      ))}
    </ul>
  );
}

function Decide({ words, claim, whose }: { words: Texts; claim: ClaimLine; whose: ClaimsView['whose'] }) {
  const text = words.trace.claims;
  return (
    <form class="row" method="post" action={`/claims/${claim.eventId}/decision`}>
      <button class="btn small" type="submit" name="verdict" value="confirm">
        <Icon name="check" />
        {whose === 'own' ? text.confirm : text.accept}
      </button>
      <button class="btn small" type="submit" name="verdict" value="deny">
        <Icon name="slash" />
        {text.deny}
      </button>
    </form>
  );
}
