// One frame on which two sets of packs disagree, large.

import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatNumber, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { BoxedPair, Frames } from './disagreement-boxes.tsx';
import type { DisagreementView, SightingView } from './disagreement-view.ts';
import { SaidBadge } from './disagreements.tsx';
import { scoreText } from './pack-parts.tsx';

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
