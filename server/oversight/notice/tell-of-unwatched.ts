// Tells of cameras that nobody looks at: administrators at once, owners of the kitchens outside of their quiet hours.
import { hourMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import type { BothWords } from './notice.ts';
import { tell } from './send-notice.ts';

type Blind = { readonly site: string; readonly name: string; readonly nameEn: string | null; readonly cameras: number };

/** `found`: the cameras noticed just now. A kitchen is told once an hour at most, and so are the administrators. */
export function tellOfUnwatched(deps: Pick<Deps, 'db' | 'clock'>, found: readonly number[]): void {
  if (found.length === 0) return;
  const hour = Math.floor(deps.clock() / hourMs);
  const kitchens = kitchensOf(deps.db, found);
  tell(deps, {
    kind: 'alert',
    title: { zh: '有摄像头到时没有查看', en: 'Cameras are not watched' },
    body: adminWords(found.length, kitchens),
    href: '/health',
    to: { everyone: true, roles: ['admin'] },
    key: `unwatched ${hour}`,
  });
  for (const kitchen of kitchens) {
    tell(deps, {
      kind: 'general',
      title: { zh: '摄像头没有人看', en: 'A camera is not watched' },
      body: ownerWords(kitchen),
      href: `/my?site=${encodeURIComponent(kitchen.site)}`,
      to: { sites: [kitchen.site], roles: ['owner'] },
      key: `unwatched ${hour} ${kitchen.site}`.slice(0, 100),
    });
  }
}

function kitchensOf({ sqlite }: Db, ids: readonly number[]): Blind[] {
  return sqlite
    .prepare(
      `SELECT r.site_id AS site, r.name, r.name_en AS nameEn, count(*) AS cameras FROM camera c
         JOIN restaurant r ON r.id = c.restaurant_id WHERE c.id IN (SELECT value FROM json_each(?)) GROUP BY r.id`,
    )
    .all(JSON.stringify(ids)) as Blind[];
}

const named = 3;

function adminWords(cameras: number, kitchens: readonly Blind[]): BothWords {
  const some = kitchens.slice(0, named);
  const more = kitchens.length > named;
  return {
    zh: `${cameras} 路摄像头连续三个间隔没有查看：${some.map(({ name }) => name).join('、')}${more ? `等 ${kitchens.length} 家` : ''}。请看运行状况：工作机、Redis、队列。`,
    en: `${cameras} cameras were not looked at for three intervals: ${some.map(({ name, nameEn }) => nameEn ?? name).join(', ')}${more ? ` and others, ${kitchens.length} kitchens in all` : ''}. See health: workers, Redis, the queue.`,
  };
}

function ownerWords({ name, nameEn, cameras }: Blind): BothWords {
  return {
    zh: `${name}有 ${cameras} 路摄像头，系统到时没有查看。恢复后会自动继续，不用操作；这不是摄像头的故障。`,
    en: `${cameras} of the cameras of ${nameEn ?? name} were not looked at when they were due. It goes on by itself; it is no fault of the camera.`,
  };
}
