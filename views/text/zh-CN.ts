// 简体中文：the reference dictionary, put together from one file an area.
import { accounts } from './zh-CN/accounts.ts';
import { common } from './zh-CN/common.ts';
import { complaints } from './zh-CN/complaints.ts';
import { kitchen } from './zh-CN/kitchen.ts';
import { learning } from './zh-CN/learning.ts';
import { health, ledger } from './zh-CN/ledger.ts';
import { packs } from './zh-CN/packs.ts';
import { problems } from './zh-CN/problems.ts';
import { trace } from './zh-CN/trace.ts';

export const zhCN = {
  lang: 'zh-CN' as 'zh-CN' | 'en',
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
};
