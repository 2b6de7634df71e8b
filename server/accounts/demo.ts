// The accounts of the sample district: known to everybody, so they exist only while the samples do.
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../store/db.ts';
import type { AccountRow } from './account-store.ts';
import { accounts } from './tables.ts';

export const demoPassword = 'bright-kitchen';

export const demoPeople = [
  { login: 'reviewer', name: '林佳宁', nameEn: 'Lin Jianing', role: 'reviewer' },
  { login: 'reviewer2', name: '周牧', nameEn: 'Zhou Mu', role: 'reviewer' },
  { login: 'inspector', name: '陈立', nameEn: 'Chen Li', role: 'inspector' },
  { login: 'owner', name: '王敏', nameEn: 'Wang Min', role: 'owner' },
  { login: 'partner', name: '云溪联合屠宰厂', nameEn: 'Yunxi Joint Abattoir', role: 'partner' },
  { login: 'admin', name: '许南', nameEn: 'Xu Nan', role: 'admin' },
] as const;

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
