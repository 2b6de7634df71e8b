// One rectification order: what is wrong, until when, before and after.
import { Icon } from '../../parts/icon.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { frameMoment, isoMoment } from '../clock.ts';
import type { Named, ViolationText } from '../named.ts';
import { type BoxedPicture, Whole } from '../picture/picture.tsx';
import { Badge, type Deadline, OrderBadge, type OrderStateName } from '../state-badge.tsx';

export type OrderCardData = {
  readonly id: number;
  readonly number: string;
  readonly state: OrderStateName;
  readonly left: Deadline;
  readonly violation: ViolationText & { readonly ask: string };
  readonly at: number;
  readonly restaurant: Named;
  readonly place: Named;
  readonly before: BoxedPicture;
  readonly after:
    | {
        readonly href: string;
        readonly width: number;
        readonly height: number;
        readonly at: number;
        readonly text: string;
      }
    | undefined;
  /** Why a reviewer gave the last answer back, while it has not been answered again. */
  readonly returned: string | undefined;
  readonly appeal: 'open' | 'upheld' | 'overturned' | undefined;
};

/** For the owner: with the photo to upload in place. */
export function OwnerOrder({ words, order, isFirst }: { words: Texts; order: OrderCardData; isFirst: boolean }) {
  const { kitchen } = words;
  const field = `photo-${order.id}`;
  const waiting = order.state === 'issued';
  return (
    <article class="order" id={`order-${order.id}`}>
      <div class="stack">
        <OrderHead words={words} order={order} />
        <h3 class="title">
          <a href={`/orders/${order.id}`}>{order.violation.name}</a>
        </h3>
        <OrderPlace words={words} order={order} />
        {waiting && order.returned !== undefined ? <ReturnedNote words={words} reason={order.returned} /> : null}
        <p class={waiting ? undefined : 'soft small'}>{waiting ? order.violation.ask : kitchen.answeredNext}</p>
        <div class="row">
          {waiting ? (
            <label class={isFirst ? 'btn main' : 'btn'} for={field}>
              <Icon name="photo" />
              {kitchen.takePhoto}
            </label>
          ) : null}
          <a class="btn bare" href={`/orders/${order.id}`}>
            {order.appeal === undefined && order.state !== 'withdrawn' ? kitchen.detailsOrAppeal : kitchen.details}
          </a>
        </div>
      </div>
      <div class="pair">
        <Before words={words} order={order} />
        {waiting ? <UploadAfter words={words} order={order} field={field} /> : <After words={words} order={order} />}
      </div>
    </article>
  );
}

export function OrderHead({ words, order }: { words: Texts; order: OrderCardData }) {
  const { kitchen } = words;
  return (
    <div class="row">
      <OrderBadge words={words} state={order.state} left={order.left} />
      {order.appeal === undefined ? null : (
        <Badge kind="unsure" icon="question" label={kitchen.appealStates[order.appeal]} />
      )}
      <span class="faint small">{kitchen.orderNumber(order.number)}</span>
    </div>
  );
}

export function OrderPlace({ words, order }: { words: Texts; order: OrderCardData }) {
  return (
    <p class="soft small">
      {localName(words.lang, order.place)}
      {words.lang === 'en' ? ', ' : '，'}
      <time datetime={isoMoment(order.at)}>{frameMoment(order.at, words.lang)}</time>
    </p>
  );
}

export function ReturnedNote({ words, reason }: { words: Texts; reason: string }) {
  return (
    <p class="note is-warn">
      <Icon name="undo" />
      <span>{words.kitchen.returnedBecause(reason)}</span>
    </p>
  );
}

export function Before({ words, order }: { words: Texts; order: OrderCardData }) {
  const { kitchen } = words;
  return (
    <figure>
      <Whole picture={order.before} alt={`${kitchen.before}：${order.violation.name}`} />
      <figcaption>{kitchen.before}</figcaption>
    </figure>
  );
}

export function After({ words, order }: { words: Texts; order: OrderCardData }) {
  const { kitchen, lang } = words;
  const { after } = order;
  if (after === undefined) return null;
  return (
    <figure>
      <div class="pic">
        <img
          src={after.href}
          width={after.width}
          height={after.height}
          alt={after.text === '' ? kitchen.after : after.text}
        />
      </div>
      <figcaption>{kitchen.afterAt(frameMoment(after.at, lang).slice(0, -3))}</figcaption>
    </figure>
  );
}

/** Choosing the photo sends it; without script a button stands below. */
function UploadAfter({ words, order, field }: { words: Texts; order: OrderCardData; field: string }) {
  const { kitchen } = words;
  const action = `/orders/${order.id}/answer`;
  return (
    <figure>
      <form
        method="post"
        action={action}
        enctype="multipart/form-data"
        hx-post={action}
        hx-encoding="multipart/form-data"
        hx-trigger="change"
        hx-target="#main"
      >
        <label class="drop">
          <Icon name="photo" />
          <b>{kitchen.uploadPhoto}</b>
          <input class="hide" id={field} type="file" accept="image/*" name="photo" required />
        </label>
        <noscript>
          <button type="submit" class="btn wide">
            {kitchen.sendAnswer}
          </button>
        </noscript>
      </form>
      <figcaption>{kitchen.after}</figcaption>
    </figure>
  );
}
