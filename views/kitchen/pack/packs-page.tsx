// The model packs: which look, which run in shadow, which wait, how one gets there, and what happened.

import { Faults } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment, formatNumber, formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { AddForm, ThresholdForm } from './pack-forms.tsx';
import { History } from './pack-history.tsx';
import { packNames, Saved, SetBadge, type SetView } from './pack-parts.tsx';
import { Shadow } from './pack-shadow.tsx';
import type { PacksView } from './packs-view.ts';

export function PacksPage(view: PacksView) {
  const { words, here, viewer, faults, toast } = view;
  const text = words.packs;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['packs.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <p>
          <a href="/packs/learning">{text.learning.open}</a>
        </p>
        <Saved text={toast} />
        <Faults words={words} faults={faults} />
      </header>
      <div class="cols">
        <div class="stack-wide">
          <Active {...view} />
          <Shadow {...view} />
          <Others {...view} />
        </div>
        <div class="stack-wide">
          <AddForm words={words} />
          <ThresholdForm {...view} />
          <History {...view} />
        </div>
      </div>
    </Page>
  );
}

function Active({ words, active, before }: PacksView) {
  const text = words.packs;
  if (active === undefined) return null;
  const { since } = active;
  return (
    <section class="card rim stack">
      <div class="card-head">
        <h2>
          {text.activeTitle} <span class="soft">{text.set(active.id)}</span>
        </h2>
        <SetBadge words={words} state="active" />
      </div>
      {since?.kind === 'fell_back' ? (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          <span>
            {text.fellBack} <span class="small">{since.reason}</span>
          </span>
        </p>
      ) : null}
      <PackTable words={words} set={active} />
      <p class="small soft">
        {text.activeSince(formatMoment(since?.at ?? active.addedAt, words.lang))}
        {since?.reason == null || since.kind === 'fell_back' ? null : ` · ${since.reason}`}
      </p>
      {before === undefined ? null : (
        <div class="row">
          <form method="post" action="/packs/rollback">
            <button type="submit" class="btn">
              <Icon name="undo" />
              {text.rollBack(before.id)}
            </button>
          </form>
          <a class="btn bare" href={`/packs/${active.id}`}>
            {text.compareBefore}
          </a>
        </div>
      )}
    </section>
  );
}

function PackTable({ words, set }: { words: Texts; set: SetView }) {
  const text = words.packs;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{text.pack}</th>
          <th scope="col">{text.version}</th>
          <th scope="col" class="right">
            {text.size}
          </th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {set.packs.map((pack) => (
          <tr>
            <th scope="row">{pack.name}</th>
            <td data-l={text.version}>{pack.version}</td>
            <td class="right num" data-l={text.size}>
              {formatNumber(pack.bytes / 1024 / 1024, 1)} MB
            </td>
            <td data-l="SHA-256">
              <code class="small soft">{pack.sha256.slice(0, 12)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Others({ words, others }: PacksView) {
  const text = words.packs;
  return (
    <section class="card">
      <h2>{text.candidates}</h2>
      {others.length === 0 ? (
        <p class="soft">{text.none}</p>
      ) : (
        <ul class="sets">
          {others.map((set) => (
            <OtherSet words={words} set={set} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OtherSet({ words, set }: { words: Texts; set: SetView }) {
  const text = words.packs;
  const { id, state } = set;
  return (
    <li class="stack">
      <div class="row spread">
        <h3>
          <a href={`/packs/${id}`}>{text.set(id)}</a>
        </h3>
        <SetBadge words={words} state={state} />
      </div>
      <p class="small">
        {packNames(set)}
        <span class="note-line soft">
          {text.sources[set.source]} · {formatTime(set.addedAt, words.lang)}
          {set.note === '' ? null : ` · ${set.note}`}
        </span>
        {set.fault === null ? null : <span class="note-line bad">{text.faultLine(set.fault)}</span>}
      </p>
      <div class="row">
        <form class="row share-form" method="post" action={`/packs/${id}/shadow`}>
          <label class="small" for={`share-${id}`}>
            {text.share}
          </label>
          <input id={`share-${id}`} name="percent" type="number" min="0" max="100" step="any" value="20" />
          <button type="submit" class="btn small">
            {text.startShadow}
          </button>
        </form>
        <a class="btn small bare" href={`/packs/${id}`}>
          {text.seeComparison}
        </a>
        {state === 'candidate' ? (
          <form method="post" action={`/packs/${id}/retirement`}>
            <button type="submit" class="btn small bare">
              {text.retire}
            </button>
          </form>
        ) : null}
      </div>
    </li>
  );
}
