// The events of a chain or of a lot, newest first, as people read them.
import type { Texts } from '../../text/texts.ts';
import { type PlaceName, placeName, When } from '../parts.tsx';

export type EventLine = {
  readonly id: number;
  readonly at: number;
  /** Bare CBV name. */
  readonly step: string | null;
  readonly kind: string;
  readonly place: PlaceName | null;
  readonly hash: string;
  readonly voided: 'voided' | 'valid';
};

const shownEvents = 12;
const moves: ReadonlySet<string> = new Set(['shipping', 'receiving']);

export function ChainEvents({ words, events }: { words: Texts; events: readonly EventLine[]; here: string }) {
  const text = words.trace.bench;
  const [first, rest] = [events.slice(0, shownEvents), events.slice(shownEvents)];
  return (
    <section class="card stack" id="events">
      <div class="card-head">
        <h2>{text.events}</h2>
        <span class="small faint">{text.eventsOf(events.length)}</span>
      </div>
      {events.length === 0 ? <p class="small soft">{text.noEvents}</p> : null}
      <EventList words={words} events={first} />
      {rest.length === 0 ? null : (
        <details class="more small">
          <summary>{words.trace.showAll}</summary>
          <EventList words={words} events={rest} />
        </details>
      )}
    </section>
  );
}

/** `attach`: a logger's file can be attached to what was sent or received. */
type ListProps = { readonly words: Texts; readonly events: readonly EventLine[]; readonly attach?: 'attach' };

export function EventList({ words, events, attach }: ListProps) {
  return (
    <ul class="event-list small">
      {events.map((event) => (
        <li class={event.voided === 'voided' ? 'is-void' : undefined}>
          <When at={event.at} words={words} />
          <span>
            <a href={`/epcis/events/${encodeURIComponent(event.hash)}`}>
              {words.trace.steps[event.step ?? ''] ?? event.step ?? event.kind}
            </a>
            {event.voided === 'voided' ? <b class="bad"> {words.trace.bench.voided}</b> : null}
            {event.place === null ? null : <span class="soft"> {placeName(words, event.place)}</span>}
            {attach === 'attach' && event.voided === 'valid' && moves.has(event.step ?? '') ? (
              <a class="small" href={`/shipments/${event.id}/readings`}>
                {' '}
                {words.trace.logger.attachThis}
              </a>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
