// Whether it runs, and since when; no addresses, names or figures that would help somebody who means it ill.
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';

export type StatusView = PageView & {
  readonly startedAt: number;
  readonly now: number;
  readonly storage: 'good' | 'full';
  readonly models: number;
  readonly unwatched: number;
  readonly witnesses: string;
  readonly entries: number;
};

export function StatusPage(view: StatusView) {
  const { words, here, viewer, startedAt, now, entries } = view;
  const text = words.front;
  const parts = partsOf(view);
  const isWhole = parts.every(({ good }) => good === 'good');
  return (
    <Page words={words} title={text.statusTitle} here={here} viewer={viewer} mainClass="narrow">
      <section class={`card rim stack ${isWhole ? 'is-good' : 'is-warn'}`}>
        <h1 class="title">{isWhole ? text.allGood : text.someTrouble}</h1>
        <p class="soft">
          {text.since(formatMoment(startedAt, words.lang))} {text.checkedAt(formatMoment(now, words.lang))}
        </p>
        <ul class="plain-list">
          {parts.map((part) => (
            <Part words={words} part={part} />
          ))}
        </ul>
        <p class="small soft">{text.entries(entries)}</p>
      </section>
    </Page>
  );
}

type StatusPart = { readonly name: keyof Texts['front']['parts']; readonly good: 'good' | 'trouble' };

function partsOf({ storage, models, unwatched, witnesses }: StatusView): StatusPart[] {
  const part = (name: StatusPart['name'], sound: unknown): StatusPart => ({ name, good: sound ? 'good' : 'trouble' });
  return [
    part('pages', true),
    part('storage', storage === 'good'),
    part('models', models > 0),
    part('cameras', unwatched === 0),
    part('witnesses', witnesses !== 'refused' && witnesses !== 'silent'),
  ];
}

function Part({ words, part: { name, good } }: { words: Texts; part: StatusPart }) {
  const text = words.front;
  return (
    <li class="row spread">
      <span>{text.parts[name]}</span>
      <span class={`badge ${good === 'good' ? 'online' : 'overdue'}`}>
        <Icon name={good === 'good' ? 'check' : 'alert'} />
        {good === 'good' ? text.good : text.trouble[name]}
      </span>
    </li>
  );
}
