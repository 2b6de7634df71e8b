// One draw: what was committed, the beacon it waits for, and what came of it.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { namedFaults, type PageView } from '../../trace/parts.tsx';
import { type DrawnLine, Lots, stratumSaid } from './drawn-lots.tsx';
import { DrawBadge, type DrawLine } from './draws-page.tsx';

export type DrawView = PageView & {
  readonly draw: DrawLine & {
    readonly inspectors: number;
    readonly strata: readonly { readonly stratum: string; readonly size: number }[];
    readonly recent: { readonly days: number; readonly count: number };
    readonly hashes: { readonly pool: string; readonly rule: string; readonly seed: string };
    readonly entry: number;
    readonly beacon: {
      readonly source: 'drand-quicknet' | 'nist-2';
      readonly round: number;
      readonly at: number;
      readonly address: string;
      /** Of NIST: the certificate that has to sign; null: none was named, so nothing of it can be checked. */
      readonly certificate: { readonly id: string; readonly address: string } | null;
      readonly randomness: string | null;
    };
    readonly merged: number;
    readonly unmanned: number;
    /** Of the committed pools, since they were committed. */
    readonly changed: { readonly closed: number; readonly gone: number };
  };
  /** Undefined: not drawn yet, or not for this reader. */
  readonly lines: readonly DrawnLine[] | undefined;
  readonly isOut: boolean;
  /** Whether this server can read the beacon by itself. */
  readonly fetches: 'fetched' | 'typed';
  readonly may: { readonly draw: boolean; readonly publish: boolean; readonly take: boolean };
  readonly typed: string;
  readonly faults: readonly FieldFault[];
};

export function DrawPage(view: DrawView) {
  const { words, here, viewer, draw, may, lines } = view;
  return (
    <Page words={words} title={draw.title} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{draw.title}</h1>
        <p>
          <DrawBadge words={words} state={draw.state} />
        </p>
      </header>
      <div class="cols">
        <div class="stack">
          <Changed words={words} changed={draw.changed} />
          {may.draw ? <Answer view={view} /> : null}
          {draw.state === 'committed' ? null : <Result view={view} />}
          {lines === undefined ? null : <Lots words={words} lines={lines} all={draw.drawn ?? 0} />}
        </div>
        <Commitment view={view} />
      </div>
    </Page>
  );
}

function Changed({ words, changed: { closed, gone } }: { words: Texts; changed: DrawView['draw']['changed'] }) {
  if (closed + gone === 0) return null;
  return (
    <p class="note" role="status">
      <Icon name="info" />
      <span>{words.draw.changed(closed, gone)}</span>
    </p>
  );
}

function Commitment({ view: { words, draw } }: { view: DrawView }) {
  const text = words.draw;
  const { beacon, hashes, recent } = draw;
  return (
    <section class="card stack">
      <h2>{text.commitment}</h2>
      <dl class="facts">
        <dt>{text.committedAt}</dt>
        <dd>
          {formatMoment(draw.at, words.lang)} · {text.entry(draw.entry)}
        </dd>
        <dt>{text.targetPool}</dt>
        <dd>
          {text.countOf(draw.targets)}
          <br />
          <span class="small soft">{text.leftOut(recent.days, recent.count)}</span>
        </dd>
        <dt>{text.inspectorPool}</dt>
        <dd>{text.people(draw.inspectors)}</dd>
        <dt>{text.strata}</dt>
        <dd>
          <ul class="plain-list">
            {draw.strata.map(({ stratum, size }) => (
              <li>
                {stratumSaid(words, stratum)} <b>{size}</b>
              </li>
            ))}
          </ul>
        </dd>
        <dt>{text.source}</dt>
        <dd>
          {text.roundNamed(text.sources[beacon.source], beacon.round)}
          <br />
          <span class="small soft">
            {text.roundAt} {formatMoment(beacon.at, words.lang)}
          </span>
        </dd>
      </dl>
      <Hash label={text.poolHash} value={hashes.pool} />
      <Hash label={text.ruleHash} value={hashes.rule} />
      <Hash label={text.seedHash} value={hashes.seed} />
      {beacon.certificate === null ? null : <Hash label={text.certificate} value={beacon.certificate.id} />}
    </section>
  );
}

function Hash({ label, value }: { label: string; value: string }) {
  return (
    <p class="small">
      {label}
      <br />
      <code class="code wrap">{value}</code>
    </p>
  );
}

function Answer({ view: { words, draw, isOut, fetches, typed, faults } }: { view: DrawView }) {
  const text = words.draw;
  const named = namedFaults(words, faults, (place) => text.faultNames[place.replace('/', '')]);
  if (!isOut)
    return (
      <section class="card stack">
        <h2>{text.waitTitle}</h2>
        <Faults words={words} faults={named} />
        <p>{text.waitLead(formatMoment(draw.beacon.at, words.lang))}</p>
      </section>
    );
  return (
    <form class="card stack" method="post" action={`/draws/${draw.id}/beacon`} novalidate>
      <h2>{text.answerTitle}</h2>
      <Faults words={words} faults={named} />
      <p>{text.answerLead}</p>
      {fetches === 'fetched' ? (
        <p>
          <button class="btn main" type="submit" name="from" value="beacon">
            {text.fetchNow}
          </button>
        </p>
      ) : null}
      <p>
        <code class="code wrap">{draw.beacon.address}</code>
      </p>
      {draw.beacon.certificate === null ? null : (
        <p>
          {text.certificateLead}
          <br />
          <code class="code wrap">{draw.beacon.certificate.address}</code>
        </p>
      )}
      <Doubt words={words} beacon={draw.beacon} />
      <Field label={text.answer} name="answer" faults={faults}>
        <textarea id={fieldId('answer')} name="answer" rows={5} maxlength={20_000} spellcheck={false}>
          {typed}
        </textarea>
      </Field>
      <div class="row">
        <button class={fetches === 'fetched' ? 'btn' : 'btn main'} type="submit">
          {text.drawNow}
        </button>
      </div>
    </form>
  );
}

type BeaconShown = Pick<DrawView['draw']['beacon'], 'source' | 'certificate'>;

function isDoubtful({ source, certificate }: BeaconShown): boolean {
  return source === 'nist-2' && certificate === null;
}

function Doubt({ words, beacon }: { words: Texts; beacon: BeaconShown }) {
  if (!isDoubtful(beacon)) return null;
  return (
    <p class="note">
      <Icon name="alert" />
      <span>{words.draw.notSigned}</span>
    </p>
  );
}

function Result({ view: { words, draw, lines, may } }: { view: DrawView }) {
  const text = words.draw;
  return (
    <section class="card stack">
      <h2>{text.result}</h2>
      <p>
        <b>{text.lots(draw.drawn ?? 0)}</b>
        {words.lang === 'en' ? '. ' : '。'}
        {text.merged(draw.merged, draw.drawn ?? 0)}
      </p>
      {draw.unmanned === 0 ? null : (
        <p class="note">
          <Icon name="alert" />
          <span>{text.unmanned(draw.unmanned)}</span>
        </p>
      )}
      {draw.beacon.randomness === null ? null : <Hash label={text.randomness} value={draw.beacon.randomness} />}
      {isDoubtful(draw.beacon) ? <Doubt words={words} beacon={draw.beacon} /> : <p class="small soft">{text.signed}</p>}
      {lines === undefined ? <p class="soft">{text.notPublic}</p> : null}
      {may.publish ? (
        <form class="stack" method="post" action={`/draws/${draw.id}/published`}>
          <p class="soft">{text.publishLead}</p>
          <button class="btn main" type="submit">
            {text.publish}
          </button>
        </form>
      ) : null}
      {may.take ? (
        <>
          <p>
            <a class="btn" href={`/draws/${draw.id}/record.json`} download>
              <Icon name="download" />
              {text.record}
            </a>
          </p>
          <p class="small soft">
            {text.verifyLead} <code>npm run -s cli -- draw verify draw-{draw.id}.json</code>
          </p>
        </>
      ) : null}
    </section>
  );
}
