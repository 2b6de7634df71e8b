// How well reviewing works, on one page: the miss rate with its formula, agreement, pace and drift.
import type { Child } from 'hono/jsx';
import { Bars } from '../../parts/chart/bars.tsx';
import { Page } from '../../parts/page.tsx';
import { formatNumber } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { secondsText } from '../clock.ts';
import type { AgreementLine, Compared, DriftLine, GroupLines, MissLine, QualityView } from './quality-view.ts';
import { perThousandText, rateText } from './rate-text.ts';

export function QualityPage(view: QualityView) {
  const { words, here, viewer } = view;
  const { quality } = words;
  return (
    <Page words={words} title={quality.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{quality.title}</h1>
        <p class="soft">{quality.lead(view.days)}</p>
        <p>
          <a class="btn small" href="/review/quality.csv">
            {quality.csv}
          </a>
        </p>
      </header>
      <MissCard {...view} />
      <Groups words={words} title={quality.byGroup} groups={view.groups} />
      <Groups words={words} title={quality.byDistrict} groups={view.districts} />
      <PaceCard {...view} />
      <AgreementCard words={words} lines={view.agreements} />
      <DriftCard words={words} lines={view.drift} />
    </Page>
  );
}

function MissCard(view: QualityView) {
  const { words, misses, drawn, judged, judgedTwice, auditShare } = view;
  const { quality } = words;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{quality.missTitle}</h2>
        <span class="small soft">{quality.auditsJudged(judged, drawn, judgedTwice)}</span>
      </div>
      <details class="stack">
        <summary>{quality.howTitle}</summary>
        <p>{quality.definition}</p>
        <p class="formula">{quality.formula}</p>
        <ul>
          {quality.formulaParts.map((part) => (
            <li>{part}</li>
          ))}
        </ul>
      </details>
      {auditShare > 0 ? null : <p class="note is-warn">{quality.auditsOff}</p>}
      {misses.length === 0 ? <p class="soft">{quality.noAudits}</p> : <MissBars words={words} lines={misses} />}
      {misses.length === 0 ? null : <MissTable words={words} caption={quality.missTitle} lines={misses} />}
    </section>
  );
}

/** Its numbers stand in the table below. */
function MissBars({ words, lines }: { words: Texts; lines: readonly MissLine[] }) {
  const { quality, chart } = words;
  const told = lines.flatMap(({ name, rate }) => (rate === undefined ? [] : [{ name, rate }]));
  if (told.length === 0) return null;
  const points = told.map(({ name, rate }) => ({ label: name, value: rate.share, low: rate.low, high: rate.high }));
  const said = chart.titled(
    quality.missTitle,
    chart.list(told.map(({ name, rate }) => chart.pair(name, rateText(rate)))),
  );
  const bars = {
    kind: 'bars',
    id: 'miss-rate',
    title: quality.missTitle,
    unit: 'percent',
    of: quality.violation,
  } as const;
  return (
    <div class="chart-figure">
      <Bars words={words} chart={{ ...bars, points }} said={said} />
    </div>
  );
}

function MissTable({ words, caption, lines }: { words: Texts; caption: string; lines: readonly MissLine[] }) {
  const { quality } = words;
  return (
    <Table
      caption={caption}
      heads={[quality.violation, quality.audited, quality.found, quality.foundMissed, quality.caught, quality.missRate]}
      rows={lines.map((line) => [
        line.name,
        line.audited,
        line.found,
        line.foundMissed,
        line.caught,
        line.rate === undefined ? '—' : rateText(line.rate),
      ])}
    />
  );
}

function Groups({ words, title, groups }: { words: Texts; title: string; groups: readonly GroupLines[] }) {
  if (groups.length === 0) return null;
  return (
    <section class="card stack">
      <h2>{title}</h2>
      {groups.map((group) => {
        const name = localName(words.lang, group);
        return (
          <details>
            <summary>{name}</summary>
            <MissTable words={words} caption={name} lines={group.lines} />
          </details>
        );
      })}
    </section>
  );
}

function PaceCard({ words, pace }: QualityView) {
  const { quality, kitchen } = words;
  const seconds = (ms: number | undefined) => (ms === undefined ? '—' : secondsText(ms));
  const thousand = pace.secondsPerThousand;
  return (
    <section class="card stack">
      <h2>{quality.paceTitle}</h2>
      <dl class="tiles">
        <Tile label={quality.median} value={seconds(pace.medianMs)} unit={kitchen.secondsUnit} />
        <Tile label={quality.p90} value={seconds(pace.p90Ms)} unit={kitchen.secondsUnit} />
        <Tile
          label={kitchen.perThousand}
          value={thousand === undefined ? '—' : formatNumber(thousand, 0)}
          unit={kitchen.secondsUnit}
        />
        <Tile label={kitchen.framesLooked} value={String(pace.frames.sampled)} unit="" />
        <Tile label={kitchen.decisionsMade} value={String(pace.decisions)} unit="" />
      </dl>
      <p class="small soft">{kitchen.perThousandHow}</p>
    </section>
  );
}

function Tile({ label, value, unit }: { label: string; value: string; unit: string }) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        {value} <small>{unit}</small>
      </dd>
    </div>
  );
}

function AgreementCard({ words, lines }: { words: Texts; lines: readonly AgreementLine[] }) {
  const { quality } = words;
  return (
    <section class="card stack">
      <h2>{quality.agreementTitle}</h2>
      <p class="soft">{quality.agreementLead}</p>
      {lines.length === 0 ? (
        <p class="soft">{quality.noPairs}</p>
      ) : (
        <Table
          caption={quality.agreementTitle}
          heads={[quality.violation, quality.people, quality.pairs, quality.kappa]}
          rows={lines.map((line) => [
            line.name,
            line.people?.join(' · ') ?? quality.everybody,
            line.pairs,
            line.kappa === undefined
              ? quality.kappaNone
              : `${formatNumber(line.kappa, 2)} (${formatNumber(line.low, 2)}–${formatNumber(line.high, 2)})`,
          ])}
        />
      )}
    </section>
  );
}

function DriftCard({ words, lines }: { words: Texts; lines: readonly DriftLine[] }) {
  const { quality } = words;
  return (
    <section class="card stack">
      <h2>{quality.driftTitle}</h2>
      <p class="soft">{quality.driftLead}</p>
      {lines.length === 0 ? (
        <p class="soft">{quality.noFlags}</p>
      ) : (
        <Table
          caption={quality.driftTitle}
          heads={[quality.violation, quality.flaggedShare, quality.rightShare, quality.missRate]}
          rows={lines.map((line) => [
            line.name,
            change(words, line.flagged, perThousandText),
            change(words, line.right, rateText),
            change(words, line.missed, rateText),
          ])}
        />
      )}
    </section>
  );
}

function change(words: Texts, { now, before, clear }: Compared, write: typeof rateText): string {
  const { quality } = words;
  const text = (rate: Compared['now']) => (rate === undefined ? '—' : write(rate));
  return `${quality.nowBefore(text(now), text(before))}${clear ? ` ${quality.changed}` : ''}`;
}

/** A table of words and numbers; on a phone a card a row. */
function Table({
  caption,
  heads,
  rows,
}: {
  caption: string;
  heads: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}) {
  return (
    <table class="cards">
      <caption class="hide">{caption}</caption>
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th scope="col" class={index === 0 ? undefined : 'right'}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...rest]) => (
          <tr>
            <th scope="row">{first}</th>
            {rest.map((value, index) => cell(value, heads[index + 1] ?? ''))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cell(value: string | number, head: string): Child {
  return (
    <td class="right" data-l={head}>
      {value}
    </td>
  );
}
