// How the running system fares, for the administrator.
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { formatNumber, formatTime } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';
import { WorkersCard, type WorkerView } from './workers-card.tsx';

export type HealthView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly counts: { readonly waiting: number; readonly leased: number; readonly dead: number };
  readonly dead: readonly {
    readonly id: number;
    readonly name: string;
    readonly attempts: number;
    readonly error: string;
    readonly endedAt: number;
  }[];
  readonly eye: { readonly done: number; readonly dropped: number; readonly crashes: number };
  readonly packs: readonly { readonly name: string; readonly version: string; readonly sha256: string }[];
  /** Why other packs look than those that were chosen. */
  readonly packTrouble: string | undefined;
  readonly cameras: {
    readonly unwatched: number;
    readonly lagSeconds: number;
    /** Cameras whose own clock is more than a minute off. */
    readonly wrongClocks: number;
    /** Looks a minute: asked for, and done in the last one. */
    readonly rates: { readonly asked: number; readonly looked: number };
    /** By how much the budget stretches every interval; 1 where all fits. */
    readonly stretch: number;
    /** Undefined where the server looks at cameras by itself. */
    readonly machines:
      | { readonly workers: number; readonly carried: number; readonly known: readonly WorkerView[] }
      | undefined;
  };
  /** Those that refuse to sign, and those that have not answered for long. */
  readonly witnesses: readonly {
    readonly name: string;
    readonly state: 'silent' | 'refused';
    readonly since: number;
  }[];
  /** Where kept pictures are moved to; undefined: they stay in the folder. */
  readonly bucket:
    | ({ readonly moved: number } & (
        | { readonly state: 'bucket' }
        | { readonly state: 'away'; readonly since: number; readonly reason: string }
      ))
    | undefined;
  readonly databaseBytes: number;
  readonly room: {
    readonly freeBytes: number;
    readonly isFull: boolean;
    /** Share of the disk that is taken, and from which on it is warned of. */
    readonly taken: number;
    readonly warnFrom: number;
  };
};

export function HealthPage(view: HealthView) {
  const { words, here, viewer } = view;
  const text = words.health;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.title}</h1>
          <p class="soft">{text.lead}</p>
          <p class="small">
            <a href="/parts">{words.front.kit.title}</a>
          </p>
        </div>
        <a class="btn" href="/subscriptions">
          <Icon name="link" />
          {words.common.nav.subscriptions}
        </a>
      </header>
      <Troubles {...view} />
      <div class="cols">
        <div class="stack">
          <DeadJobs {...view} />
          {view.cameras.machines === undefined ? null : (
            <WorkersCard words={words} known={view.cameras.machines.known} />
          )}
        </div>
        <Running {...view} />
      </div>
    </Page>
  );
}

/** What an administrator has to see to, each with what to do. */
function Troubles(view: HealthView) {
  const { words, room } = view;
  const text = words.health;
  return (
    <>
      {room.isFull ? (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          <span>{text.full}</span>
        </p>
      ) : null}
      {!room.isFull && room.taken >= room.warnFrom ? (
        <p class="note is-warn" role="status">
          <Icon name="alert" />
          <span>
            {text.filling(Math.round(room.taken * 100))} <a href="/kitchens/settings#going">{text.makeRoom}</a>
          </span>
        </p>
      ) : null}
      {view.cameras.unwatched > 0 ? (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          <span>{text.unwatched(view.cameras.unwatched)}</span>
        </p>
      ) : null}
      {view.bucket?.state === 'away' ? (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          <span>
            {text.bucketAway(formatTime(view.bucket.since, words.lang))} <span class="small">{view.bucket.reason}</span>
          </span>
        </p>
      ) : null}
      {view.witnesses.map(({ name, state, since }) => (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          <span>
            {text.witness[state](name, formatTime(since, words.lang))} <a href="/ledger">{words.common.nav.ledger}</a>
          </span>
        </p>
      ))}
    </>
  );
}

function Running(view: HealthView) {
  const { words, counts, eye, databaseBytes, room } = view;
  const text = words.health;
  return (
    <section class="card stack">
      <h2>{text.queue}</h2>
      <dl class="facts">
        <dt>{text.waiting}</dt>
        <dd class="num">{counts.waiting}</dd>
        <dt>{text.leased}</dt>
        <dd class="num">{counts.leased}</dd>
        <dt>{text.dead}</dt>
        <dd class="num">{counts.dead}</dd>
        <dt>{text.lag}</dt>
        <dd class="num">{text.seconds(view.cameras.lagSeconds)}</dd>
        <dt>{text.rate}</dt>
        <dd class="num">{text.rates(view.cameras.rates.looked, view.cameras.rates.asked)}</dd>
        {view.cameras.stretch <= 1 ? null : (
          <>
            <dt>{text.stretch}</dt>
            <dd class="num">× {formatNumber(view.cameras.stretch, 1)}</dd>
          </>
        )}
        <dt>{text.wrongClocks}</dt>
        <dd class="num">{view.cameras.wrongClocks}</dd>
        <Machines {...view} />
        <dt>{text.frames}</dt>
        <dd class="num">{eye.done}</dd>
        <dt>{text.dropped}</dt>
        <dd class="num">{eye.dropped}</dd>
        <dt>{text.restarted}</dt>
        <dd class="num">{eye.crashes}</dd>
        <dt>{text.disk}</dt>
        <dd class="num">{formatNumber(databaseBytes / 1024 / 1024, 1)} MB</dd>
        <dt>{text.free}</dt>
        <dd class="num">{formatNumber(room.freeBytes / 1024 / 1024, 0)} MB</dd>
        {view.bucket === undefined ? null : (
          <>
            <dt>{text.moved}</dt>
            <dd class="num">{view.bucket.moved}</dd>
          </>
        )}
      </dl>
      <Models {...view} />
    </section>
  );
}

function Machines({ words, cameras }: HealthView) {
  if (cameras.machines === undefined) return null;
  return (
    <>
      <dt>{words.health.workers}</dt>
      <dd class="num">{cameras.machines.workers}</dd>
      <dt>{words.health.carried}</dt>
      <dd class="num">{cameras.machines.carried}</dd>
    </>
  );
}

function Models({ words, packs, packTrouble }: HealthView) {
  const text = words.health;
  return (
    <>
      <h2>
        <a href="/packs">{text.models}</a>
      </h2>
      {packTrouble === undefined ? null : (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          <span>
            {words.packs.fellBack} <span class="small">{packTrouble}</span>
          </span>
        </p>
      )}
      <ul class="stack">
        {packs.map((pack) => (
          <li>
            <code>{pack.name}</code> {text.version} {pack.version}
            <br />
            <code class="small soft">{pack.sha256.slice(0, 16)}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function DeadJobs({ words, dead }: HealthView) {
  const text = words.health;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{text.deadTitle}</h2>
      </div>
      {dead.length === 0 ? (
        <p class="empty">
          <Icon name="check" />
          {text.deadEmpty}
        </p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{text.job}</th>
              <th scope="col" class="right">
                {text.attempts}
              </th>
              <th scope="col">{text.ended}</th>
              <th scope="col">{text.error}</th>
              <th scope="col">
                <span class="hide">{text.retry}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {dead.map((job) => (
              <tr>
                <th scope="row">{job.name}</th>
                <td class="right" data-l={text.attempts}>
                  {job.attempts}
                </td>
                <td data-l={text.ended}>{formatTime(job.endedAt, words.lang)}</td>
                <td data-l={text.error} class="small soft">
                  {job.error.split('\n', 1)[0]}
                </td>
                <td class="now">
                  <form method="post" action={`/health/jobs/${job.id}/revived`}>
                    <button class="btn small" type="submit">
                      {text.retry}
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
