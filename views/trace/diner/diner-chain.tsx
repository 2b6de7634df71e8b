// The way from farm to table, one station after another.
import { Icon } from '../../parts/icon.tsx';
import { formatNumber, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { kindName, stageOf, When } from '../parts.tsx';
import type { DinerLot, DinerStation } from './diner-lot.ts';

export function ChainCard({ words, lot }: { words: Texts; lot: DinerLot }) {
  const text = words.trace.diner;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{text.chain}</h2>
        {lot.stations.length === 0 ? null : <span class="small faint">{text.stations(lot.stations.length)}</span>}
      </div>
      {lot.stations.length === 0 ? <p class="soft">{text.chainEmpty}</p> : null}
      {lot.stationsCut === 'cut' ? <p class="small soft">{text.chainCut}</p> : null}
      <ol class="line">
        {lot.stations.map((station) => (
          <Station words={words} station={station} />
        ))}
        {lot.onward > 0 ? <Onward words={words} count={lot.onward} /> : null}
      </ol>
    </section>
  );
}

function Station({ words, station }: { words: Texts; station: DinerStation }) {
  const { stage, icon } = stageOf(station.kind);
  const address = words.lang === 'en' ? (station.addressEn ?? station.address) : station.address;
  const classes = [station.breaches.length > 0 ? 'is-warn' : '', station.here === 'here' ? 'is-here' : '']
    .join(' ')
    .trim();
  return (
    <li class={classes === '' ? undefined : classes}>
      <span class="dot">
        <Icon name={icon} />
      </span>
      <h3>
        {station.name === null
          ? words.trace.unnamedPlace(
              station.kind === null ? (words.trace.stages[stage] ?? '') : kindName(words, station.kind),
            )
          : localName(words.lang, { name: station.name, nameEn: station.nameEn })}
      </h3>
      <p class="meta">
        <When at={station.at} words={words} />
        {address === null ? null : <span>{address}</span>}
      </p>
      <p class="small soft">
        {stepsSaid(words, station)}
        {station.breaches.map((breach) => {
          const said = breach.tooWarm === 'warm' ? words.trace.diner.breach : words.trace.diner.breachCold;
          return (
            <b class="warn">
              {' '}
              <Icon name="temp" />{' '}
              {said(
                formatTime(breach.fromAt, words.lang).slice(-5),
                formatTime(breach.untilAt, words.lang).slice(-5),
                formatNumber(breach.worstC, 1),
              )}
            </b>
          );
        })}
      </p>
    </li>
  );
}

function stepsSaid(words: Texts, station: DinerStation): string {
  const names = station.steps.map((step) => words.trace.steps[step] ?? words.trace.steps['other'] ?? step);
  const said = [...new Set(names)].map((name, index) =>
    words.lang === 'en' && index > 0 ? name.charAt(0).toLowerCase() + name.slice(1) : name,
  );
  if (station.ingredients > 1) said.push(words.trace.diner.ingredients(station.ingredients));
  return words.lang === 'en' ? `${said.join(', ')}.` : `${said.join('、')}。`;
}

function Onward({ words, count }: { words: Texts; count: number }) {
  return (
    <li>
      <span class="dot">
        <Icon name="right" />
      </span>
      <h3>{words.trace.diner.onward(count)}</h3>
      <p class="small soft">{words.trace.diner.onwardNote}</p>
    </li>
  );
}
