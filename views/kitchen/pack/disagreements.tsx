// The pictures two sets disagree on: a grid with a filter, and one of them large with the boxes of both.

import { formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { Badge } from '../state-badge.tsx';
import { BoxedPair, Frames } from './disagreement-boxes.tsx';
import type { DisagreementsView, DisagreementView } from './disagreement-view.ts';

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

export function SaidBadge({ words, said }: { words: Texts; said: DisagreementView['said'] }) {
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
