// One lot, the kitchens that had it or what was made of it, and their frames of those hours.
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { LotBadge, type LotState, type PageView, rimOf, type Scope } from '../../trace/parts.tsx';
import { productOf } from '../../trace/product-name.ts';

export type JoinedLot = {
  readonly id: number;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly state: LotState;
};

export type ShownFrame = {
  readonly href: string;
  readonly at: number;
  readonly place: string;
  readonly placeEn: string | null;
};

export type StayedKitchen = {
  readonly restaurantId: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly since: number;
  readonly until: number | null;
  readonly goods: readonly (JoinedLot & { readonly scope: Scope })[];
  /** Null: the kitchen lies outside the reader's district. */
  readonly seen: {
    readonly frames: readonly ShownFrame[];
    readonly total: number;
    readonly open: number;
    readonly confirmed: number;
    readonly cleared: number;
  } | null;
};

export type LookLine = {
  readonly kind: keyof Texts['join']['causes'];
  readonly kitchens: number;
  readonly flags: number;
  readonly at: number;
};

export type LotKitchensView = PageView & {
  readonly lot: JoinedLot;
  readonly kitchens: readonly StayedKitchen[];
  readonly looks: readonly LookLine[];
  readonly cut: boolean;
};

export function LotKitchensPage(view: LotKitchensView) {
  const { words, here, viewer, lot, kitchens, looks, cut } = view;
  const text = words.join;
  return (
    <Page words={words} title={`${text.title} · ${lot.batch}`} here={here} viewer={viewer} styles={['trace.css']}>
      <section class={`card rim stack${rimOf(lot.state)}`}>
        <div class="row spread top">
          <div class="row">
            <h1 class="title">
              {productOf(words, lot)} <span class="code">{lot.batch}</span>
            </h1>
            <LotBadge words={words} state={lot.state} />
          </div>
          <a class="btn small" href={`/lots/${lot.id}`}>
            {words.complaints.lotRecord}
          </a>
        </div>
        <p>{text.lead(kitchens.length)}</p>
        <Looks words={words} looks={looks} />
        {cut ? <p class="note is-warn">{words.common.cutShort}</p> : null}
      </section>
      {kitchens.map((kitchen) => (
        <Kitchen words={words} lot={lot} kitchen={kitchen} />
      ))}
    </Page>
  );
}

function Looks({ words, looks }: { words: Texts; looks: readonly LookLine[] }) {
  const text = words.join;
  if (looks.length === 0) return <p class="small soft">{text.noLooks}</p>;
  return (
    <ul class="stack small">
      {looks.map((look) => (
        <li>
          <Icon name="search" /> {formatMoment(look.at, words.lang)} ·{' '}
          {text.looked(text.causes[look.kind], look.kitchens, look.flags)}
        </li>
      ))}
    </ul>
  );
}

function Kitchen({ words, lot, kitchen }: { words: Texts; lot: JoinedLot; kitchen: StayedKitchen }) {
  const text = words.join;
  const { since, until, seen } = kitchen;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>
          <a href={`/kitchens/${kitchen.restaurantId}`}>{localName(words.lang, kitchen)}</a>
        </h2>
        <span class="small soft">
          {formatTime(since, words.lang)} – {until === null ? text.stillThere : formatTime(until, words.lang)}
        </span>
      </div>
      <ul class="stack small">
        {kitchen.goods.map((goods) => (
          <li>
            <a href={`/lots/${goods.id}`}>
              {productOf(words, goods)} <span class="code">{goods.batch}</span>
            </a>{' '}
            <span class="soft">{goods.id === lot.id ? text.itself : words.trace.scopes[goods.scope]}</span>
          </li>
        ))}
      </ul>
      {seen === null ? (
        <p class="small soft">{text.otherDistrict}</p>
      ) : (
        <>
          <p class="small">{text.judged(seen.open, seen.confirmed, seen.cleared)}</p>
          <FrameGrid words={words} frames={seen.frames} total={seen.total} />
        </>
      )}
    </section>
  );
}

/** As the picture rules allow: never sharp. */
export function FrameGrid({ words, frames, total }: { words: Texts; frames: readonly ShownFrame[]; total: number }) {
  const text = words.join;
  if (frames.length === 0) return <p class="small soft">{text.noFrames}</p>;
  return (
    <>
      <p class="small soft">{text.framesKept(frames.length, total)}</p>
      <ol class="thumbs">
        {frames.map((frame) => {
          const where = `${localName(words.lang, { name: frame.place, nameEn: frame.placeEn })} · ${formatTime(frame.at, words.lang)}`;
          return (
            <li>
              <div class="pic">
                <img src={frame.href} alt={text.frameAlt(where)} loading="lazy" width="320" height="180" />
              </div>
              <p class="soft">{where}</p>
            </li>
          );
        })}
      </ol>
    </>
  );
}
