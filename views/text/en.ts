// English: the same words as zh-CN, put together from one file an area.
import { accounts } from './en/accounts.ts';
import { common } from './en/common.ts';
import { complaints } from './en/complaints.ts';
import { kitchen } from './en/kitchen.ts';
import { learning } from './en/learning.ts';
import { health, ledger } from './en/ledger.ts';
import { packs } from './en/packs.ts';
import { problems } from './en/problems.ts';
import { trace } from './en/trace.ts';
import type { zhCN } from './zh-CN.ts';

export const en = {
  lang: 'en',
  common,
  complaints,
  accounts,
  health,
  kitchen,
  learning,
  ledger,
  packs,
  problems,
  trace,
} satisfies typeof zhCN as typeof zhCN;
