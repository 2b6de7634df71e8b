// Fills a new data directory with the sample district: people, places, goods, kitchens, and a recall.
import { restaurantCameras } from '../samples/district/cameras.ts';
import { sampleDistricts } from '../samples/district/districts.ts';
import { lotCode } from '../samples/district/event-writer.ts';
import { licenceDaysLeft, stillCameras, withoutSeats } from '../samples/district/habits.ts';
import { historyDays, historyStart } from '../samples/district/history.ts';
import { type PlaceName, places } from '../samples/district/places.ts';
import { recalledLot } from '../samples/district/pork.ts';
import { products } from '../samples/district/products.ts';
import { holderAnswers, recallWords } from '../samples/district/recall.ts';
import { type ShopName, shops } from '../samples/district/shops.ts';
import { districtDocument } from '../samples/district/story.ts';
import type { Caller } from './accounts/caller.ts';
import { insertAccount } from './accounts/create-account.ts';
import { demoPassword, demoPeople } from './accounts/demo.ts';
import { hashPassword } from './accounts/password.ts';
import { addDistrict, setSitesOfDistrict } from './accounts/person/district.ts';
import { dayMs } from './clock.ts';
import type { Deps } from './deps.ts';
import { addCamera } from './kitchen/camera/add-camera.ts';
import { beijingDay } from './kitchen/restaurant/hours.ts';
import { registerRestaurant } from './kitchen/shop/register-restaurant.ts';
import { setPremises } from './oversight/premises/set-premises.ts';
import { scoreAll } from './oversight/risk/write-risk-scores.ts';
import type { HistoryHouse } from './samples/history-house.ts';
import { houseBefore, playHistory } from './samples/play-history.ts';
import { playTrade } from './samples/play-trade.ts';
import { type Db, writeTransaction } from './store/db.ts';
import { readForCapture } from './trace/capture/capture-document.ts';
import { captureDocument } from './trace/capture/capture-events.ts';
import { lotByCode } from './trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from './trace/place/register-place.ts';
import { answerRecall } from './trace/recall/answer-recall.ts';
import { recallNotices } from './trace/recall/recall-store.ts';
import { startRecall } from './trace/recall/start-recall.ts';

/**
 * Everything goes through the doors that people and partners use, in one transaction: a start that is cut short leaves
 * an empty database, which the next start fills.
 */
export async function openSamples(deps: Deps): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  const now = deps.clock();
  const clock = { now: historyStart(now) };
  const before = houseBefore(deps, clock);
  writeTransaction(deps.db, () => {
    const people = addPeople(before, passwordHash);
    addPlaces(before);
    const cameras = addKitchens(before, people.admin);
    addDistricts(before, people.admin);
    playHistory(houseOf({ deps: before, clock, people, cameras }), now);
    addGoods(deps, people);
    playTrade(deps, { shop: people.shop, supplier: people.supplier });
    scoreAll(deps);
  });
}

/** Whether nobody was ever here: no person, no program, no set-up link that was printed. */
export function isUntouched({ sqlite }: Db): boolean {
  return sqlite.prepare('SELECT 1 FROM account UNION ALL SELECT 1 FROM set_up_link LIMIT 1').get() === undefined;
}

type People = HistoryHouse['people'] & {
  readonly owners: readonly Caller[];
  /** Who order from each other. */
  readonly shop: Caller;
  readonly supplier: Caller;
};

function addPeople({ db, clock }: Deps, passwordHash: string): People {
  const callers = demoPeople.map(({ login, name, nameEn, role, sites }): Caller => {
    const glns = sites.map((site) => places[site].gln);
    const account = { login, name, nameEn, role, sites: glns, passwordHash, sample: true };
    return { id: insertAccount(db, account, 'samples', clock()), name: login, role, sites: glns, via: 'session' };
  });
  const of = (login: DemoName): Caller => {
    const caller = callers.find(({ name }) => name === login);
    if (caller === undefined) throw new Error(`The sample district lacks ${login}.`);
    return caller;
  };
  const reviewers = [of('reviewer'), of('reviewer2')] as const;
  const owners = [...callers.filter(({ role }) => role === 'owner'), addAgent(db, clock())];
  const traders = { shop: of('owner'), supplier: of('partner') };
  return { admin: of('admin'), inspector: of('inspector'), reviewers, owners, ...traders };
}

type DemoName = (typeof demoPeople)[number]['login'];

/** Who answers for the kitchens that have no owner among the people to sign in as; nobody can sign in as it. */
function addAgent(db: Db, at: number): Caller {
  const sites = Object.values(shops).map(({ gln }) => gln);
  const account = {
    name: '示例商户代理',
    nameEn: 'Agent of the sample shops',
    role: 'owner' as const,
    sites,
    sample: true,
  };
  const id = insertAccount(db, { ...account, login: 'shops-agent', passwordHash: null }, 'samples', at);
  return { id, name: 'shops-agent', role: 'owner', sites, via: 'session' };
}

function houseOf(made: Pick<HistoryHouse, 'deps' | 'clock' | 'cameras'> & { readonly people: People }): HistoryHouse {
  const ownerOf = (kitchen: PlaceName) => {
    const owner = made.people.owners.find(({ sites }) => sites.includes(places[kitchen].gln));
    if (owner === undefined) throw new Error(`Nobody answers for ${kitchen}.`);
    return owner;
  };
  return { ...made, ownerOf, flags: new Map(), orders: new Map(), complaints: new Map(), recalls: new Map() };
}

function addPlaces(deps: Deps): void {
  for (const { gln, ...place } of Object.values(places)) registerPlace(deps, { siteId: gln, ...place });
  for (const { uom, ...product } of Object.values(products))
    registerProduct(deps, { ...product, ...(uom === 'KGM' ? { unit: uom } : {}) });
}

/** The camera that the history of each kitchen is told about: the first that shows people at work. */
function addKitchens(deps: Deps, admin: Caller): Map<PlaceName, number> {
  const cameras = new Map<PlaceName, number>();
  for (const kitchen of kitchenNames) {
    const siteId = addKitchen(deps, admin, kitchen);
    for (const { clip, ...camera } of restaurantCameras[kitchen as keyof typeof restaurantCameras] ?? []) {
      const file = { path: `samples/clips/${clip}` };
      const { id } = addCamera(deps, admin, { siteId, kind: 'clip', ...camera }, file);
      if (!cameras.has(kitchen)) cameras.set(kitchen, id);
    }
    const still = stillCameras[kitchen];
    if (still === undefined) continue;
    const { place, placeEn } = still;
    const camera = { siteId, place, placeEn, kind: 'picture' as const, sampleEverySeconds: 3_600 };
    cameras.set(kitchen, addCamera(deps, admin, camera, { path: `samples/history/${still.still}.jpg` }).id);
  }
  return cameras;
}

const kitchenNames = [
  ...(Object.keys(restaurantCameras) as PlaceName[]),
  ...(Object.keys(shops) as ShopName[]).filter((name) => shops[name].kind === 'restaurant'),
];

function addKitchen(deps: Deps, admin: Caller, kitchen: PlaceName): string {
  const { gln, name, nameEn, licence, address, addressEn } = places[kitchen];
  const daysLeft = licenceDaysLeft[kitchen] ?? 900;
  const licenceUntil = beijingDay(deps.clock() + (historyDays + daysLeft) * dayMs);
  const hours = { opensAt: '00:00', closesAt: '00:00' };
  const input = { name, nameEn, licence, licenceUntil, address, addressEn, gln, ...hours };
  return registerRestaurant(deps, admin, input).siteId;
}

function addDistricts(deps: Deps, admin: Caller): void {
  for (const { name, nameEn, places: within } of sampleDistricts) {
    const id = addDistrict(deps.db, { name, nameEn }, admin, deps.clock());
    const spots = Object.entries(within) as [PlaceName, readonly [number, number]][];
    setSitesOfDistrict(deps.db, id, { sites: spots.map(([place]) => places[place].gln) }, admin, deps.clock());
    for (const [place, [latitude, longitude]] of spots) {
      const dineIn = withoutSeats.includes(place) ? ('no' as const) : ('yes' as const);
      setPremises(deps, { siteId: places[place].gln, position: { latitude, longitude }, dineIn }, admin);
    }
  }
}

/** The story enters as a partner's document does; the recall is started the way an inspector starts one. */
function addGoods(deps: Deps, people: People): void {
  const document = Buffer.from(JSON.stringify(districtDocument(deps.clock())));
  const answer = captureDocument(deps, readForCapture(document, 'application/ld+json'), people.admin, {
    onError: 'rollback',
  });
  if (answer.status !== 'accepted')
    throw new Error(
      `The sample story was refused: ${JSON.stringify(answer.events.find(({ faults }) => faults.length > 0))}`,
    );
  const lot = lotByCode(deps.db, lotCode(recalledLot));
  if (lot === undefined) throw new Error('The sample story lacks the lot to be recalled.');
  const { recallId } = startRecall(deps, { lotId: lot.id, ...recallWords }, people.inspector);
  answerForHolders(deps, recallId, people.admin);
}

/** Some holders have answered already; the restaurants' owners are left to answer by themselves. */
function answerForHolders(deps: Deps, recallId: number, admin: Caller): void {
  for (const notice of recallNotices(deps.db, recallId)) {
    const line = holderAnswers.find(({ place }) => places[place].gln === notice.siteId);
    if (line === undefined) continue;
    const { action, quantity, note } = line;
    answerRecall(deps, { noticeId: notice.id, lines: [{ action, quantity, unit: 'KGM', note }] }, admin);
  }
}
