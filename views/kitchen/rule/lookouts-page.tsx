// A camera's lookouts: what is watched for over time, drawn on its last picture, each with its times and its patience.

import { Faults, Field, type FieldFault } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { Colours, LearntFrom } from './lookout-colours.tsx';
import type { LookoutFieldValue, LookoutStanding, LookoutsView } from './lookouts-view.ts';
import { Corners, DrawAndName, ZonePicture } from './zone-fields.tsx';

export function LookoutsPage(view: LookoutsView) {
  const { words, here, viewer, camera, restaurant, faults, saved, lookouts } = view;
  const text = words.lookout;
  const zones = lookouts.map((lookout) => ({ ...lookout, kind: 'watch', violations: [] }));
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} scripts={['zones.js']}>
      <header>
        <p class="small">
          <a href={`/cameras/${camera.id}`}>
            {localName(words.lang, restaurant)} · {localName(words.lang, camera.place)}
          </a>
        </p>
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <p class="small">
          <a href={`/cameras/${camera.id}/rules`}>{text.toRules}</a>
        </p>
      </header>
      {saved ? (
        <p class="toast still" role="status">
          {text.saved}
        </p>
      ) : null}
      <form class="cols" method="post" action={here} enctype="multipart/form-data" novalidate>
        <div class="stack-wide">
          <section class="card stack">
            <Faults words={words} faults={faults} />
            <ZonePicture words={words} picture={view.picture} zones={zones} />
            <p class="hint">{text.looks(view.lookEverySeconds)}</p>
          </section>
        </div>
        <div class="stack-wide">
          <section class="card stack">
            <h2>{text.heading}</h2>
            <Lookouts {...view} />
            <div class="row">
              <button type="submit" class="btn main">
                {words.common.save}
              </button>
            </div>
          </section>
        </div>
      </form>
    </Page>
  );
}

function Lookouts({ words, lookouts, offered, faults }: LookoutsView) {
  const text = words.lookout;
  return (
    <>
      {lookouts.length === 0 ? <p class="soft">{text.none}</p> : null}
      {lookouts.map((lookout, place) => (
        <LookoutField
          words={words}
          lookout={lookout}
          title={`${place + 1} ${lookout.name} · ${text.rules[lookout.rule].name}`}
          faults={faults}
          mayChange={lookout.mayChange ? 'mine' : 'house'}
        >
          <p class={waits(lookout.standing) ? 'note is-warn' : 'small soft'}>
            {waits(lookout.standing) ? <Icon name="alert" /> : null}
            <span>{text.standings[lookout.standing]}</span>
          </p>
          <LearntFrom words={words} learnt={lookout.learnt} />
        </LookoutField>
      ))}
      {offered.map((lookout) => (
        <details class="more">
          <summary>{text.add(text.rules[lookout.rule].name)}</summary>
          <LookoutField
            words={words}
            lookout={lookout}
            title={text.rules[lookout.rule].name}
            faults={faults}
            mayChange="mine"
          />
        </details>
      ))}
    </>
  );
}

function waits(standing: LookoutStanding): boolean {
  return standing === 'displaced' || standing === 'unshown';
}

type FieldView = {
  readonly words: Texts;
  readonly lookout: LookoutFieldValue;
  readonly title: string;
  readonly faults: readonly FieldFault[];
  readonly mayChange: 'mine' | 'house';
  readonly children?: unknown;
};

function LookoutField({ words, lookout, title, faults, mayChange, children }: FieldView) {
  const text = words.lookout;
  const prefix = `lookout-${lookout.index}`;
  return (
    <fieldset class="stack zone-field" data-zone={String(lookout.index)} disabled={mayChange === 'house'}>
      <legend>{title}</legend>
      <input type="hidden" name={`${prefix}-id`} value={lookout.id} />
      <input type="hidden" name={`${prefix}-rule`} value={lookout.rule} />
      <p class="small">{text.rules[lookout.rule].says}</p>
      <p class="hint">{text.rules[lookout.rule].doubt}</p>
      {mayChange === 'house' ? <p class="note">{text.setByHouse}</p> : null}
      {children}
      <DrawAndName words={words} prefix={prefix} zone={lookout} faults={faults} />
      <Corners words={words} prefix={prefix} points={lookout.points} faults={faults} />
      <Times words={words} lookout={lookout} faults={faults} />
      <div class="side-by-side">
        <Field label={text.leastPx} name={`${prefix}-leastPx`} type="number" value={lookout.leastPx} faults={faults} />
        <Field label={text.hold} name={`${prefix}-hold`} type="number" value={lookout.hold} faults={faults} />
        <Field label={text.again} name={`${prefix}-again`} type="number" value={lookout.again} faults={faults} />
      </div>
      <p class="hint">{text.rules[lookout.rule].sizeHint}</p>
      <Colours words={words} lookout={lookout} faults={faults} />
      {lookout.shown === undefined ? null : (
        <>
          <label class="check">
            <input type="checkbox" name={`${prefix}-show`} value="now" /> {text.show}
          </label>
          <p class="hint">{text.shownTimes(lookout.shown)}</p>
        </>
      )}
      {lookout.id === '' ? null : <p class="hint">{text.removeHint}</p>}
    </fieldset>
  );
}

const times = ['always', 'open', 'closed', 'between'] as const;

function Times({ words, lookout, faults }: Pick<FieldView, 'words' | 'lookout' | 'faults'>) {
  const text = words.lookout;
  const prefix = `lookout-${lookout.index}`;
  return (
    <>
      <div class="row wrap">
        {times.map((time) => (
          <label class="choice">
            <input type="radio" name={`${prefix}-when`} value={time} checked={lookout.when === time} />
            <span>{text.times[time]}</span>
          </label>
        ))}
      </div>
      <div class="side-by-side">
        <Field label={text.from} name={`${prefix}-from`} type="time" value={lookout.from} faults={faults} />
        <Field label={text.to} name={`${prefix}-to`} type="time" value={lookout.to} faults={faults} />
      </div>
    </>
  );
}
