// A recall, a hold or a failed test finds the kitchens that had the lot, and their frames; a flag finds the lots.
import { beforeEach, describe, expect, it } from 'vitest';
import { addDistrict, setSitesOfDistrict } from '../../../server/accounts/person/district.ts';
import { dayMs } from '../../../server/clock.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { removeHourFrames } from '../../../server/kitchen/flag/remove-hour-frames.ts';
import { framesNeededSince } from '../../../server/oversight/join/frames-needed-store.ts';
import { presenceAt } from '../../../server/oversight/join/goods-stay.ts';
import { kitchensOfLot } from '../../../server/oversight/join/kitchen-stay-store.ts';
import { lookAtHeld, lookAtKitchens } from '../../../server/oversight/join/look-at-kitchens.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { holdLot } from '../../../server/trace/lot/hold-lot.ts';
import { recordLabTest } from '../../../server/trace/lot/record-lab-test.ts';
import { answerRecall } from '../../../server/trace/recall/answer-recall.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { documentOf, events, inspector } from '../../support/cast.ts';
import { belly, hour, type JoinedKitchens, mince, openJoinedKitchens, places } from '../../support/joined-kitchens.ts';
import { person } from '../../support/kitchen-cast.ts';
import { signedIn } from '../../support/people.ts';

let house: JoinedKitchens;
beforeEach(async () => {
  house = openJoinedKitchens();
  await house.frames('dingxiang', [1, 3, 5]);
  await house.frames('haiwei', [5, 7]);
});

const html = { accept: 'text/html' };
const textOf = async (path: string, as: 'inspector' | 'reviewer' | undefined) =>
  (await house.server.call(path, { ...(as === undefined ? {} : { as }), headers: html })).text();
/** Hours of day one whose frames wait for a reviewer, by kitchen. */
const asked = () => {
  const rows = house.server.db.sqlite
    .prepare("SELECT restaurant_id AS kitchen, at FROM flag WHERE status = 'open' ORDER BY restaurant_id, at")
    .all() as { kitchen: number; at: number }[];
  return rows.map(
    ({ kitchen, at }) =>
      `${kitchen === house.dingxiang.id ? 'dingxiang' : 'haiwei'} ${Math.floor((at - hour(0)) / 3_600_000)}`,
  );
};

describe('the kitchens of a lot', () => {
  it('are looked at when it is held: of the hours it, or what was made of it, was there, once and with the reason', async () => {
    holdLot(house.server.deps, house.lotId(belly), '票证不全', null);
    await lookAtHeld(house.server.deps);
    // Dingxiang still has mince; at Haiwei the mince came at hour 6.
    expect(asked()).toEqual(['dingxiang 3', 'dingxiang 5', 'haiwei 7']);
    await lookAtHeld(house.server.deps);
    expect(asked()).toHaveLength(3);
    expect(await textOf('/review', 'reviewer')).toContain('封存：冷鲜五花肉 A07。这批货当时在这家后厨。');
    expect(await textOf('/review?lang=en', 'reviewer')).toContain('Because of a hold: Chilled belly A07');
  });

  it('have it until the last of it is used or gone, and no less long because some of it left', async () => {
    const { server, lotId } = house;
    const untilOf = async (siteId: string) =>
      (await kitchensOfLot(server.db, lotId(belly))).kitchens.find((kitchen) => kitchen.siteId === siteId)?.until;
    expect(await untilOf(places.dingxiang), 'the belly was minced, and four kilograms of mince are left').toBeNull();
    const rest = [events.ship(hour(7), places.dingxiang, places.haiwei, [[mince, 4, 'KGM']])];
    captureDocument(server.deps, readForCapture(documentOf(rest), 'application/ld+json'), null, {
      onError: 'rollback',
    });
    expect([await untilOf(places.dingxiang), await untilOf(places.haiwei)]).toEqual([hour(7), null]);
  });

  it('are looked at when a test fails, whose own hold is no second reason', async () => {
    const test = { lotId: house.lotId(belly), subject: '瘦肉精', result: 'failed', testedAt: hour(8) } as const;
    recordLabTest(house.server.deps, test, null);
    await lookAtHeld(house.server.deps);
    expect(asked()).toHaveLength(3);
    const causes = house.server.db.sqlite.prepare('SELECT DISTINCT kind FROM flag_cause').pluck().all();
    expect(causes).toEqual(['test']);
    expect(await textOf(`/lots/${house.lotId(belly)}/kitchens`, 'inspector')).toContain('因检验不合格核看 2 家后厨');
  });

  it('of a test that was passed are left alone', async () => {
    const test = { lotId: house.lotId(belly), subject: '瘦肉精', result: 'passed', testedAt: hour(8) } as const;
    recordLabTest(house.server.deps, test, null);
    await lookAtHeld(house.server.deps);
    expect(asked()).toEqual([]);
  });

  it('are looked at again when a recall is widened, and no frame is put before a reviewer twice', async () => {
    const { recallId } = startRecall(house.server.deps, { lotId: house.lotId(belly), reason: '瘦肉精' }, null);
    await lookAtKitchens(house.server.deps, { recallId });
    await lookAtKitchens(house.server.deps, { recallId });
    expect(asked()).toEqual(['dingxiang 3', 'dingxiang 5', 'haiwei 7']);
    const looks = house.server.db.sqlite.prepare('SELECT kind, kitchens, flags FROM lot_look').all();
    expect(looks).toEqual([{ kind: 'recall', kitchens: 2, flags: 3 }]);
  });

  it('are asked for no more than four frames of a camera, from the first hour to the last', async () => {
    await house.frames('haiwei', [8, 9, 10, 11, 12, 13]);
    holdLot(house.server.deps, house.lotId(mince), '票证不全', null);
    await lookAtHeld(house.server.deps);
    expect(asked().filter((each) => each.startsWith('haiwei'))).toEqual([
      'haiwei 7',
      'haiwei 9',
      'haiwei 11',
      'haiwei 13',
    ]);
  });

  it('stand on one page with their frames, which the lot and its recall lead to', async () => {
    const path = `/lots/${house.lotId(belly)}/kitchens`;
    const page = await textOf(path, 'inspector');
    for (const said of ['鼎香小馆', '海味轩', '仍在（按已记录的情况）', '留存画面 2 张', '后厨画面：切配区'])
      expect(page).toContain(said);
    expect(page.match(/\/pictures\/[0-9a-f]{64}\?/g)).toHaveLength(3);
    expect(page).not.toContain('/original');
    expect((await house.server.call(path, { as: 'owner', sites: [places.dingxiang] })).status).toBe(403);
    expect((await house.server.call('/lots/999/kitchens', { as: 'inspector' })).status).toBe(404);
    expect(await textOf(`/lots/${house.lotId(belly)}`, 'inspector')).toContain(`href="${path}"`);
    const { recallId } = startRecall(house.server.deps, { lotId: house.lotId(belly), reason: '瘦肉精' }, null);
    const recall = house.server.db.sqlite.prepare('SELECT public_id FROM recall WHERE id = ?').pluck().get(recallId);
    expect(await textOf(`/recalls/${recall}`, 'inspector')).toContain(`href="${path}"`);
  });

  it('show an inspector of a district the frames of that district alone, on the page and to programs', async () => {
    const { server, lotId } = house;
    const chief = person(server.deps, 'admin', 'admin-qian');
    const districtId = addDistrict(server.db, { name: '东区' }, chief, server.clock.now());
    setSitesOfDistrict(server.db, districtId, { sites: [places.haiwei] }, chief, server.clock.now());
    const bound = await signedIn(server, { login: 'inspector-east', role: 'inspector', districtId });
    const page = await bound.text(`/lots/${lotId(belly)}/kitchens`);
    expect(page.match(/\/pictures\/[0-9a-f]{64}\?/g)).toHaveLength(1);
    expect(page).toContain('不在你的辖区，画面由当地查看。');
    type Answer = { kitchens: { name: string; frames: unknown[] | null; goods: { batch: string }[] }[] };
    const answer = (await (await bound.go(`/api/lots/${lotId(belly)}/kitchens`)).json()) as Answer;
    expect(answer.kitchens.map(({ name, frames }) => [name, frames?.length ?? null])).toEqual([
      ['鼎香小馆', null],
      ['海味轩', 1],
    ]);
    expect(answer.kitchens[1]?.goods.map(({ batch }) => batch)).toEqual(['M1']);
  });
});

describe('a kitchen that holds recalled goods', () => {
  it('says so on its page and at its door, until the shop has destroyed them', async () => {
    const { server, haiwei, lotId } = house;
    expect(await textOf(`/kitchens/${haiwei.id}`, 'inspector')).not.toContain('正在召回');
    startRecall(server.deps, { lotId: lotId(belly), reason: '瘦肉精' }, null);
    expect(await textOf(`/kitchens/${haiwei.id}`, 'inspector')).toContain('这里有正在召回的食品');
    const door = await textOf(`/414/${places.haiwei}`, undefined);
    expect(door).toContain('这里有正在召回的食品');
    expect(door).toContain('经营者还没有答复已封存');
    expect(await textOf(`/414/${places.haiwei}?lang=en`, undefined)).toContain(
      'Goods that are being recalled are here',
    );
    expect(await textOf(`/414/${places.wholesaler}`, undefined)).toContain('正在召回');
    const notice = server.db.sqlite
      .prepare('SELECT n.id FROM recall_notice n JOIN site s ON s.key = n.site_key WHERE s.id = ?')
      .pluck()
      .get(places.haiwei) as number;
    const answer = (action: 'quarantined' | 'destroyed') =>
      answerRecall(
        server.deps,
        { noticeId: notice, lines: [{ lotId: lotId(mince), action, quantity: 2, unit: 'KGM' }] },
        inspector,
      );
    answer('quarantined');
    expect(await textOf(`/414/${places.haiwei}`, undefined)).toContain('经营者已封存或下架');
    answer('destroyed');
    const after = await textOf(`/414/${places.haiwei}`, undefined);
    expect(after).not.toContain('这里有正在召回的食品');
    expect(after).toContain('这里没有正在召回的食品');
    expect(await textOf(`/kitchens/${haiwei.id}`, 'inspector')).not.toContain('正在召回');
  });
});

describe('from a flag to the lots', () => {
  it('those that were in the kitchen at that hour are listed, with how that is known, and no others', async () => {
    const { server } = house;
    holdLot(server.deps, house.lotId(belly), '票证不全', null);
    await lookAtHeld(server.deps);
    const flags = server.db.sqlite.prepare('SELECT id FROM flag ORDER BY restaurant_id, at').pluck().all() as number[];
    const reviewer = person(server.deps, 'reviewer', 'reviewer-lin');
    judgeFlag(server.deps, reviewer, { flagId: flags[0] ?? 0, decision: 'confirmed', kinds: ['no_mask'] });
    expect(await textOf(`/kitchens/${house.dingxiang.id}`, 'inspector')).toContain(`href="/flags/${flags[0]}/lots"`);
    // At hour 3 there was belly and no mince yet; at hour 5 mince, and no belly any more.
    const first = await textOf(`/flags/${flags[0]}/lots`, 'inspector');
    expect([first.includes('>A07<'), first.includes('>M1<')]).toEqual([true, false]);
    const second = await textOf(`/flags/${flags[1]}/lots`, 'inspector');
    expect([second.includes('>A07<'), second.includes('>M1<')]).toEqual([false, true]);
    expect((await server.call('/flags/99/lots', { as: 'inspector' })).status).toBe(404);
    const answer = await server.call(`/api/flags/${flags[1]}/lots`, { as: 'inspector' });
    const { lots } = (await answer.json()) as { lots: { batch: string; presence: string }[] };
    expect(lots.map(({ batch, presence }) => `${batch} ${presence}`)).toEqual(['M1 written']);
    expect((await server.call('/api/flags/99/lots', { as: 'inspector' })).status).toBe(404);
  });

  it('goods of which nobody wrote the use count as there until their date, or thirty days', () => {
    const came = { cameAt: hour(0), leftAt: null, came: 5, left: 0 };
    const dated = { ...came, expiresAt: hour(0) + 10 * dayMs };
    expect(presenceAt(dated, hour(0) + 10 * dayMs)).toBe('assumed');
    expect(presenceAt(dated, hour(0) + 12 * dayMs)).toBe('gone');
    expect(presenceAt({ ...came, expiresAt: null }, hour(0) + 29 * dayMs)).toBe('assumed');
    expect(presenceAt({ ...came, expiresAt: null }, hour(0) + 31 * dayMs)).toBe('gone');
    expect(presenceAt({ ...dated, leftAt: hour(1), left: 2 }, hour(2))).toBe('written');
    expect(presenceAt({ ...dated, leftAt: hour(1), left: 5 }, hour(2))).toBe('gone');
    expect(presenceAt({ ...dated, leftAt: hour(1), left: null }, hour(2))).toBe('assumed');
    expect(presenceAt(dated, hour(-1))).toBe('gone');
  });
});

describe('the frame of each hour', () => {
  const kept = () =>
    house.server.db.sqlite.prepare('SELECT camera_id AS camera FROM hour_frame ORDER BY 1').pluck().all();
  const remove = () =>
    removeHourFrames(house.server.deps, (siteId) =>
      framesNeededSince(house.server.db, siteId, house.server.clock.now()),
    );

  it('is kept while a lot that was there is still sold, and for ninety days at most', async () => {
    const { server, lotId } = house;
    expect(kept()).toEqual([1, 1, 1, 2, 2]);
    server.clock.pass(4 * dayMs);
    expect(remove()).toBe(0);
    const expires = server.db.sqlite.prepare('UPDATE lot SET expires_at = ? WHERE id = ?');
    expires.run(server.clock.now() + 300 * dayMs, lotId(mince));
    expires.run(server.clock.now() + dayMs, lotId(belly));
    server.clock.pass(20 * dayMs);
    // The mince is still sold: since it was made at hour 4 Dingxiang's frames are needed, and since hour 6 Haiwei's.
    expect(remove()).toBe(3);
    expect(kept()).toEqual([1, 2]);
    server.clock.pass(70 * dayMs);
    expect(remove()).toBe(2);
    expect(kept()).toEqual([]);
  });

  it('is kept for a lot that is recalled, however old it is, and its picture goes with it unless a flag shows it', async () => {
    const { server, lotId } = house;
    await house.frames('dingxiang', [6, 7, 8, 9, 10, 11]);
    const pictures = () => server.db.sqlite.prepare('SELECT count(*) FROM picture').pluck().get();
    startRecall(server.deps, { lotId: lotId(belly), reason: '瘦肉精' }, null);
    server.clock.pass(40 * dayMs);
    remove();
    expect([kept().length, pictures()]).toEqual([11, 11]);
    server.clock.pass(60 * dayMs);
    remove();
    // The last six of a camera are shown elsewhere.
    expect([kept().length, pictures()]).toEqual([0, 8]);
  });

  it('shows the parts that a kitchen keeps to itself as little as any other picture', async () => {
    const { rulesOfPicture } = await import('../../../server/kitchen/picture/picture-store.ts');
    const { sqlite } = house.server.db;
    sqlite.prepare('DELETE FROM frame').run();
    sqlite.prepare('UPDATE camera SET last_frame_hash = NULL').run();
    const hash = sqlite.prepare('SELECT hash FROM hour_frame LIMIT 1').pluck().get() as string;
    expect(rulesOfPicture(house.server.db, hash)).toHaveLength(1);
  });
});
