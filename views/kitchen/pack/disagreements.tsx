// The pictures two sets disagree on: a grid with a filter, and one of them large with the boxes of both.
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatNumber, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { Badge } from '../state-badge.tsx';
import { scoreText } from './pack-parts.tsx';

type Named = { readonly name: string; readonly nameEn: string | null };

export type SightingView = {
  readonly score: number;
  readonly threshold: number;
  readonly counts: boolean;
  readonly box: readonly [number, number, number, number];
};

export type DisagreementView = {
  readonly href: string;
  readonly from: 'judged' | 'live';
  readonly restaurant: Named;
  readonly place: Named;
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly flaggedBy: 'old' | 'new';
  /** Frames of the same happening; this is the newest. */
  readonly frames: number;
  readonly said: keyof Texts['packs']['said'];
  readonly old: readonly SightingView[];
  readonly new: readonly SightingView[];
  /** Undefined once retention removed it. */
  readonly picture: string | undefined;
};

export type DisagreementsView = {
  readonly setId: number;
  /** Path and query of this list. */
  readonly filter: { readonly violation: string; readonly by: string; readonly said: string };
  readonly violations: readonly { readonly id: string; readonly name: string }[];
  readonly all: number;
  readonly fitting: number;
  readonly shown: readonly DisagreementView[];
};

export function Disagreements({ words, view }: { words: Texts; view: DisagreementsView }) {
  const text = words.packs;
  return (
    <section class="card stack" id="disagreements">
      <div class="card-head">
        <h2>
          {text.disagreementTitle} <span class="soft">{text.count(view.all)}</span>
        </h2>
        <span class="small soft">{text.disagreementLead}</span>
      </div>
      {view.all === 0 ? (
        <p class="soft">{text.noneDiffer}</p>
      ) : (
        <>
          <Filter words={words} view={view} />
          {view.shown.length === 0 ? <p class="soft">{text.noneFilter}</p> : null}
          <ul class="differ">
            {view.shown.map((one) => (
              <Card words={words} one={one} />
            ))}
          </ul>
          <div class="row">
            {view.shown[0] === undefined ? null : (
              <a class="btn" href={view.shown[0].href}>
                {text.oneByOne}
              </a>
            )}
            {view.shown.length < view.fitting ? (
              <span class="small soft">{text.cut(view.shown.length, view.fitting)}</span>
            ) : null}
          </div>
          <p class="small faint">{text.blurredNote}</p>
        </>
      )}
    </section>
  );
}

function Filter({ words, view }: { words: Texts; view: DisagreementsView }) {
  const text = words.packs;
  const { filter } = view;
  return (
    <form class="filters" method="get" action={`/packs/${view.setId}#disagreements`}>
      <Choice
        label={text.violation}
        name="violation"
        any={text.anyOf}
        chosen={filter.violation}
        options={view.violations.map(({ id, name }) => [id, name])}
      />
      <Choice
        label={text.bySide}
        name="by"
        any={text.anyOf}
        chosen={filter.by}
        options={(['new', 'old'] as const).map((side) => [side, text.by[side]])}
      />
      <Choice
        label={text.saidFilter}
        name="said"
        any={text.anyOf}
        chosen={filter.said}
        options={(Object.keys(text.said) as (keyof typeof text.said)[]).map((said) => [said, text.said[said]])}
      />
      <button type="submit" class="btn">
        {text.filter}
      </button>
    </form>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly name: string;
  readonly any: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, label: string])[];
};

function Choice({ label, name, any, chosen, options }: ChoiceProps) {
  return (
    <label class="field">
      <span class="small">{label}</span>
      <select name={name}>
        <option value="">{any}</option>
        {options.map(([value, said]) => (
          <option value={value} selected={value === chosen}>
            {said}
          </option>
        ))}
      </select>
    </label>
  );
}

const saidLooks = {
  present: { kind: 'confirmed', icon: 'octagon' },
  absent: { kind: 'cleared', icon: 'slash' },
  unsure: { kind: 'unsure', icon: 'question' },
  none: { kind: 'offline', icon: 'silent' },
} as const;

function SaidBadge({ words, said }: { words: Texts; said: DisagreementView['said'] }) {
  return <Badge {...saidLooks[said]} label={words.packs.said[said]} />;
}

function Card({ words, one }: { words: Texts; one: DisagreementView }) {
  const text = words.packs;
  return (
    <li>
      <a class="pairbox" href={one.href} aria-label={`${text.open}: ${one.name}, ${text.by[one.flaggedBy]}`}>
        <BoxedPair words={words} one={one} />
      </a>
      <p class="small">
        <b>{one.name}</b> · {text.by[one.flaggedBy]}
        <span class="note-line faint">
          {localName(words.lang, one.restaurant)} {localName(words.lang, one.place)} · {formatTime(one.at, words.lang)}
        </span>
        <Frames words={words} one={one} />
      </p>
      <SaidBadge words={words} said={one.said} />
    </li>
  );
}

function Frames({ words, one }: { words: Texts; one: DisagreementView }) {
  return one.frames < 2 ? null : <span class="note-line small faint">{words.packs.sameHappening(one.frames)}</span>;
}

function BoxedPair({ words, one }: { words: Texts; one: DisagreementView }) {
  const text = words.packs;
  if (one.picture === undefined) {
    return (
      <span class="gone">
        <Icon name="covered" />
        {text.gone}
      </span>
    );
  }
  return (
    <svg viewBox={`0 0 ${one.width} ${one.height}`} role="img" aria-label={text.boxesOf(one.name)}>
      <image href={one.picture} width={one.width} height={one.height} />
      <Boxes one={one} side="old" mark={text.oldMark} />
      <Boxes one={one} side="new" mark={text.newMark} />
    </svg>
  );
}

// The label was drawn for a picture 960 wide; it keeps its size on any other.
const drawnFor = 960;
const mostBoxes = 12;
const tagHeight = 22;
// The candidate's box stands a little outside, so that two that agree are both seen.
const outset = { old: 0, new: 5 } as const;

function Boxes({ one, side, mark }: { one: DisagreementView; side: 'old' | 'new'; mark: string }) {
  return (
    <g class={`of-${side}`}>
      {one[side].slice(0, mostBoxes).map((seen) => (
        <MarkedBox one={one} seen={seen} side={side} mark={mark} />
      ))}
    </g>
  );
}

type MarkedBoxProps = {
  readonly one: DisagreementView;
  readonly seen: SightingView;
  readonly side: 'old' | 'new';
  readonly mark: string;
};

/** Its label stands above for the one and below for the other, so that neither hides the other. */
function MarkedBox({ one, seen, side, mark }: MarkedBoxProps) {
  const scale = one.width / drawnFor;
  const out = outset[side] * scale;
  const [x, y, w, h] = seen.box;
  const [left, top] = [round(x * one.width - out), round(y * one.height - out)];
  const [wide, high] = [round(w * one.width + 2 * out), round(h * one.height + 2 * out)];
  const label = `${mark} ${formatNumber(seen.score, 2)}`;
  const tag = tagHeight * scale;
  const tagTop = side === 'old' ? Math.max(0, top - tag) : Math.min(one.height - tag, top + high);
  return (
    <g class={seen.counts ? undefined : 'near'}>
      <rect class="halo" x={left} y={top} width={wide} height={high} rx="3" />
      <rect class="edge" x={left} y={top} width={wide} height={high} rx="3" />
      <g transform={`translate(${left} ${round(tagTop)}) scale(${round(scale)})`}>
        <rect class="tag" width={label.length * 8.6 + 18} height={tagHeight} rx="3" />
        <text x="7" y="16">
          {label}
        </text>
      </g>
    </g>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export type DisagreementPageView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly setId: number;
  readonly one: DisagreementView;
  readonly position: number;
  readonly of: number;
  readonly back: string;
  readonly previous: string | undefined;
  readonly next: string | undefined;
};

export function DisagreementPage(view: DisagreementPageView) {
  const { words, here, viewer, one } = view;
  const text = words.packs;
  return (
    <Page
      words={words}
      title={`${one.name} · ${text.disagreementTitle}`}
      here={here}
      viewer={viewer}
      styles={['packs.css']}
      scripts={['disagreement.js']}
    >
      <div class="row spread">
        <h1>{text.oneTitle(one.name, text.by[one.flaggedBy])}</h1>
        <span class="soft num">{text.position(view.position, view.of)}</span>
      </div>
      <div class="one-differ">
        <figure class="pairbox">
          <BoxedPair words={words} one={one} />
        </figure>
        <div class="card stack">
          <div>
            <SaidBadge words={words} said={one.said} />
          </div>
          <dl class="facts">
            <dt>{text.oldSays}</dt>
            <dd>
              <Said words={words} seen={one.old} />
            </dd>
            <dt>{text.newSays}</dt>
            <dd>
              <Said words={words} seen={one.new} />
            </dd>
            <dt>{text.where}</dt>
            <dd>
              {localName(words.lang, one.restaurant)} {localName(words.lang, one.place)}
            </dd>
            <dt>{text.when}</dt>
            <dd>
              <time>{formatTime(one.at, words.lang)}</time>
              <span class="note-line small faint">{one.from === 'live' ? text.fromLive : text.fromJudged}</span>
              <Frames words={words} one={one} />
            </dd>
          </dl>
          <BoxSwitch side="old" label={text.showOld} cap="1" />
          <BoxSwitch side="new" label={text.showNew} cap="2" />
          <Steps {...view} />
          <p class="small faint only-keys">{text.keysLine}</p>
        </div>
      </div>
    </Page>
  );
}

function Said({ words, seen }: { words: Texts; seen: readonly SightingView[] }) {
  const [best] = [...seen].sort((a, b) => b.score - a.score);
  if (best === undefined) return <>{words.packs.notSeen}</>;
  return <>{words.packs.score(formatNumber(best.score, 2), scoreText(best.threshold))}</>;
}

/** Hidden until the script is there: without it both are drawn. */
function BoxSwitch({ side, label, cap }: { side: 'old' | 'new'; label: string; cap: string }) {
  return (
    <label class="box-switch" hidden>
      <input type="checkbox" checked data-boxes={`.pairbox .of-${side}`} data-key={cap} />
      <span>{label}</span>
      <kbd>{cap}</kbd>
    </label>
  );
}

function Steps({ words, back, previous, next }: DisagreementPageView) {
  const text = words.packs;
  return (
    <div class="row">
      {previous === undefined ? null : (
        <a class="btn" href={previous} rel="prev" data-key="ArrowLeft">
          <Icon name="left" />
          {text.previous}
        </a>
      )}
      {next === undefined ? null : (
        <a class="btn" href={next} rel="next" data-key="ArrowRight">
          {text.next}
          <Icon name="right" />
        </a>
      )}
      <a class="btn bare" href={back} data-key="Escape">
        {text.backToList}
      </a>
    </div>
  );
}
