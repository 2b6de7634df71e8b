// One test of an event, the shape every query parameter is turned into.
import type { EpcisEvent } from '../event/event.ts';

export type EventTest = (event: EpcisEvent) => boolean;
