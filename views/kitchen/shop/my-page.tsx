// The owner's home: what is due today, the cameras, the score.
import { type Arrival, Arrivals } from '../../parts/arrivals.tsx';
import { ClosedNote } from '../../parts/closed-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { amountWithMark } from '../../trace/parts.tsx';
import { dayText } from '../clock.ts';
import type { Named } from '../named.ts';
import { type OrderCardData, OwnerOrder } from '../order/order-card.tsx';
import { ScoreCard, type ScoreView } from '../order/score-card.tsx';
import { type CameraCard, CameraList } from './camera-list.tsx';

export type MyView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly now: number;
  readonly restaurant: Named & {
    readonly id: number;
    readonly closedOn: string | null;
    readonly siteId: string;
    readonly licence: string;
    readonly licenceUntil: string | null;
  };
  readonly others: readonly (Named & { readonly siteId: string })[];
  readonly orders: readonly OrderCardData[];
  readonly cameras: readonly CameraCard[];
  readonly score: ScoreView;
  readonly arrivals: readonly Arrival[];
};

export function MyPage(view: MyView) {
  const { words, here, viewer, restaurant, now } = view;
  const { kitchen, lang } = words;
  return (
    <Page words={words} title={localName(lang, restaurant)} here={here} viewer={viewer}>
      <div class="row spread">
        <div>
          <h1>{localName(lang, restaurant)}</h1>
          <p class="soft">{kitchen.licenceLine(restaurant.licence, dayText(now, lang))}</p>
        </div>
        <div class="row">
          <Others {...view} />
          <a class="btn" href={`/kitchens/${restaurant.id}/standing`}>
            {words.standing.link}
          </a>
          <a class="btn" href={`/my/board?site=${encodeURIComponent(restaurant.siteId)}`}>
            {words.board.ownerTitle}
          </a>
          <a class="btn main only-desk" href="/receive">
            <Icon name="scan" />
            {kitchen.scanReceive}
          </a>
        </div>
      </div>
      <ClosedNote words={words} day={restaurant.closedOn} />
      <RecallsWait words={words} viewer={viewer} />
      <div class="cols">
        <Orders words={words} orders={view.orders} />
        <div class="stack-wide">
          <ScoreCard words={words} score={view.score} />
          <Arrivals words={words} arrivals={view.arrivals} amount={amountWithMark} />
          <Papers words={words} until={restaurant.licenceUntil} now={now} />
        </div>
      </div>
      <Cameras {...view} />
      <div class="dock only-phone">
        <a class="btn main wide" href="/receive">
          <Icon name="scan" />
          {kitchen.scanReceive}
        </a>
      </div>
    </Page>
  );
}

/** A recall outranks everything else that is due: the count is the bar's own. */
function RecallsWait({ words, viewer }: Pick<MyView, 'words' | 'viewer'>) {
  const count = viewer?.links.find(({ href }) => href === '/my/recalls')?.count ?? 0;
  if (count === 0) return null;
  return (
    <p class="note is-bad" role="status">
      <Icon name="alert" />
      <span>
        {words.kitchen.recallsWait(count)} <a href="/my/recalls">{words.kitchen.answerRecalls}</a>
      </span>
    </p>
  );
}

function Others({ words, others }: MyView) {
  return (
    <>
      {others.map((other) => (
        <a class="btn bare" href={`/my?site=${encodeURIComponent(other.siteId)}`}>
          {localName(words.lang, other)}
        </a>
      ))}
    </>
  );
}

function Orders({ words, orders }: { words: Texts; orders: readonly OrderCardData[] }) {
  const { kitchen } = words;
  const waiting = orders.filter(({ state }) => state === 'issued').length;
  return (
    <section class="card" id="orders">
      <div class="card-head">
        <h2>{kitchen.dueTitle(waiting)}</h2>
        <a class="small" href="/my/orders">
          {kitchen.allOrders}
        </a>
      </div>
      {orders.length === 0 ? (
        <div class="empty">
          <svg class="art" viewBox="0 0 96 72" aria-hidden="true">
            <path d="M8 60h80M20 60c0-16 12-28 28-28s28 12 28 28M48 32v-6" />
            <circle cx="48" cy="23" r="3" />
            <path class="hot" d="M36 14l8 7 16-16" />
          </svg>
          <h3>{kitchen.nothingDue}</h3>
          <p>{kitchen.nothingDueNext}</p>
        </div>
      ) : (
        orders.map((order, index) => <OwnerOrder words={words} order={order} isFirst={index === 0} />)
      )}
    </section>
  );
}

const soonDays = 30;

function Papers({ words, until, now }: { words: Texts; until: string | null; now: number }) {
  const { kitchen } = words;
  if (until === null) return null;
  const days = Math.ceil((Date.parse(until) - Date.parse(formatDate(now))) / 86_400_000);
  return (
    <section class="card stack">
      <h2>{kitchen.papersTitle}</h2>
      <dl class="facts">
        <dt>{kitchen.licence}</dt>
        <dd class="right">
          {days > soonDays ? (
            <time>{until}</time>
          ) : (
            <b class={days < 0 ? 'bad' : 'warn'}>
              <Icon name="clock" /> {kitchen.expires(days)}
            </b>
          )}
        </dd>
      </dl>
    </section>
  );
}

function Cameras({ words, cameras, restaurant }: MyView) {
  const { kitchen } = words;
  const down = cameras.filter(({ state }) => state !== 'online' && state !== 'new').length;
  return (
    <section class="card" id="cameras">
      <div class="card-head">
        <h2>{words.common.nav.cameras}</h2>
        <span class="small soft">{kitchen.camerasLine(cameras.length, down)}</span>
      </div>
      {cameras.length === 0 ? <p class="soft">{kitchen.noCameras}</p> : <CameraList words={words} cameras={cameras} />}
      <p class="row card-foot">
        <a class="btn" href={`/my/cameras/new?site=${encodeURIComponent(restaurant.siteId)}`}>
          <Icon name="camera" />
          {kitchen.addCamera}
        </a>
      </p>
    </section>
  );
}
