// Fills a new data directory with the sample district: people, places, goods, kitchens, and a recall.
import { restaurantCameras } from '../samples/district/cameras.ts';
import { lotCode } from '../samples/district/event-writer.ts';
import { places } from '../samples/district/places.ts';
import { recalledLot } from '../samples/district/pork.ts';
import { products } from '../samples/district/products.ts';
import { holderAnswers, recallWords } from '../samples/district/recall.ts';
import { districtDocument } from '../samples/district/story.ts';
import type { Caller } from './accounts/caller.ts';
import { insertAccount } from './accounts/create-account.ts';
import { demoPassword, demoPeople } from './accounts/demo.ts';
import { hashPassword } from './accounts/password.ts';
import type { Deps } from './deps.ts';
import { addCamera } from './kitchen/camera/add-camera.ts';
import { registerRestaurant } from './kitchen/shop/register-restaurant.ts';
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
  writeTransaction(deps.db, () => {
    const people = addPeople(deps, passwordHash);
    addPlaces(deps);
    addKitchens(deps, people.admin);
    addGoods(deps, people);
  });
}

/** Whether nobody was ever here: no person, no program, no set-up link that was printed. */
export function isUntouched({ sqlite }: Db): boolean {
  return sqlite.prepare('SELECT 1 FROM account UNION ALL SELECT 1 FROM set_up_link LIMIT 1').get() === undefined;
}

type People = { readonly admin: Caller; readonly inspector: Caller };

function addPeople({ db, clock }: Deps, passwordHash: string): People {
  const ids = new Map<string, number>();
  for (const { login, name, nameEn, role, sites } of demoPeople) {
    const glns = sites.map((site) => places[site].gln);
    ids.set(
      login,
      insertAccount(db, { login, name, nameEn, role, sites: glns, passwordHash, sample: true }, 'samples', clock()),
    );
  }
  const callerOf = (login: 'admin' | 'inspector'): Caller => ({
    id: ids.get(login) ?? 0,
    name: login,
    role: login,
    sites: [],
    via: 'session',
  });
  return { admin: callerOf('admin'), inspector: callerOf('inspector') };
}

function addPlaces(deps: Deps): void {
  for (const { gln, ...place } of Object.values(places)) registerPlace(deps, { siteId: gln, ...place });
  for (const { uom, ...product } of Object.values(products))
    registerProduct(deps, { ...product, ...(uom === 'KGM' ? { unit: uom } : {}) });
}

function addKitchens(deps: Deps, admin: Caller): void {
  for (const [name, cameras] of Object.entries(restaurantCameras)) {
    const { gln, name: called, nameEn, licence, address, addressEn } = places[name as keyof typeof restaurantCameras];
    const restaurant = registerRestaurant(deps, admin, {
      name: called,
      nameEn,
      licence,
      address,
      addressEn,
      gln,
      opensAt: '00:00',
      closesAt: '00:00',
    });
    for (const { place, placeEn, clip, sampleEverySeconds } of cameras) {
      addCamera(
        deps,
        admin,
        { siteId: restaurant.siteId, place, placeEn, kind: 'clip', sampleEverySeconds },
        { path: `samples/clips/${clip}` },
      );
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
