// The accounts of the sample district: known to everybody, so they exist only while the samples do.
import { and, eq, isNull } from 'drizzle-orm';
import type { PlaceName } from '../../samples/district/places.ts';
import type { Db } from '../store/db.ts';
import type { AccountRow } from './account-store.ts';
import type { NewAccount } from './create-account.ts';
import { accounts } from './tables.ts';

export const demoPassword = 'bright-kitchen';

export const demoPeople = [
  { login: 'reviewer', name: '林佳宁', nameEn: 'Lin Jianing', role: 'reviewer', sites: [] },
  { login: 'reviewer2', name: '周牧', nameEn: 'Zhou Mu', role: 'reviewer', sites: [] },
  { login: 'inspector', name: '陈立', nameEn: 'Chen Li', role: 'inspector', sites: [] },
  { login: 'owner', name: '王敏', nameEn: 'Wang Min', role: 'owner', sites: ['dingxiang'] },
  { login: 'owner2', name: '赵国平', nameEn: 'Zhao Guoping', role: 'owner', sites: ['laojiefang'] },
  { login: 'owner3', name: '孙莉', nameEn: 'Sun Li', role: 'owner', sites: ['sanwei', 'central'] },
  { login: 'partner', name: '云溪联合屠宰厂', nameEn: 'Yunxi Joint Abattoir', role: 'partner', sites: ['abattoir'] },
  { login: 'admin', name: '许南', nameEn: 'Xu Nan', role: 'admin', sites: [] },
] as const satisfies readonly (Pick<NewAccount, 'login' | 'name' | 'role'> & {
  nameEn: string;
  sites: readonly PlaceName[];
})[];

export type DemoLogin = Pick<AccountRow, 'login' | 'name' | 'nameEn' | 'role'>;

/** The sample accounts that exist here, in the order above; none on a server without samples. */
export function demoLogins(db: Db): DemoLogin[] {
  const rows = db.orm
    .select()
    .from(accounts)
    .where(and(eq(accounts.sample, true), isNull(accounts.disabledAt)))
    .all();
  return demoPeople.flatMap(({ login }) => rows.filter((row) => row.login === login));
}
