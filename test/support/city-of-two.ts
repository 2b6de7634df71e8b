// A city and its two districts on loopback, followed by the city: what a turn of all their clocks does, and what each keeps.
import { addServer } from '../../server/oversight/federation/add-server.ts';
import { followServer, followServers } from '../../server/oversight/federation/follow-server.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { askForDeliveries, serveSubscription } from '../../server/trace/subscription/serve-subscription.ts';
import { documentOf, events, type Json, lotUri, places, products } from './cast.ts';
import { person } from './kitchen-cast.ts';
import { type Loopback, network, openLoopback } from './loopback.ts';

export const carcass = lotUri(products.carcass, 'C1');
export const belly = lotUri(products.belly, 'B1');

export const tell = (server: Loopback, list: readonly Json[]) =>
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
export const rows = (server: Loopback, sql: string) => server.db.sqlite.prepare(sql).all() as Record<string, unknown>[];
export const count = (server: Loopback, sql: string) => rows(server, sql).length;

export type CityOfTwo = {
  readonly city: Loopback;
  readonly east: Loopback;
  readonly west: Loopback;
  readonly ids: { readonly east: number; readonly west: number };
  /** The city looks at each district, which is one half of a turn. */
  readonly follow: () => Promise<void>;
  /** What the servers' clocks would do: the city looks at each district, each district delivers. */
  readonly turn: () => Promise<void>;
  readonly down: () => Promise<unknown>;
};

/** The carcass is cut in the east; the wholesaler there sends belly to a kitchen in the west. */
export async function openCityOfTwo(): Promise<CityOfTwo> {
  const [city, east, west] = [await openLoopback(), await openLoopback(), await openLoopback()];
  const admin = person(city.deps, 'admin', 'admin-of-the-city');
  const add = (name: string, district: Loopback) =>
    addServer({ ...city.deps, network }, { name, address: district.url, token: district.tokenOf('inspector') }, admin);
  const ids = { east: await add('东区', east), west: await add('西区', west) };
  const at = east.clock.now() - 10 * 3_600_000;
  tell(east, [
    events.commission(at, places.slaughterhouse, [[carcass, 90, 'KGM']]),
    events.transform(at + 60_000, places.slaughterhouse, [[carcass, 90, 'KGM']], [[belly, 40, 'KGM']]),
    events.ship(at + 120_000, places.slaughterhouse, places.haiwei, [[belly, 15, 'KGM']]),
  ]);
  tell(west, [events.receive(at + 3_600_000, places.haiwei, places.slaughterhouse, [[belly, 15, 'KGM']])]);
  const follow = async () => {
    for (const id of Object.values(ids)) await followServer({ ...city.deps, network }, { id });
  };
  const turn = async () => {
    for (const server of [east, west, city]) server.clock.pass(60_000);
    if (followServers(city.deps) !== 2) throw new Error('The city follows other servers than its two districts.');
    await follow();
    for (const district of [east, west]) await deliver(district);
  };
  return { city, east, west, ids, follow, turn, down: () => Promise.all([city, east, west].map((one) => one.down())) };
}

async function deliver(district: Loopback): Promise<void> {
  askForDeliveries(district.deps);
  for (const { id } of rows(district, 'SELECT id FROM subscription') as { id: number }[])
    await serveSubscription({ ...district.deps, network }, { subscriptionId: id });
}
