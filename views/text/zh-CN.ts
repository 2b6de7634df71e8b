// 简体中文：the reference dictionary, put together from one file an area.
import { account } from './zh-CN/account.ts';
import { accounts } from './zh-CN/accounts.ts';
import { chart } from './zh-CN/chart.ts';
import { common } from './zh-CN/common.ts';
import { board } from './zh-CN/kitchen/board.ts';
import { learning } from './zh-CN/kitchen/learning.ts';
import { lookout } from './zh-CN/kitchen/lookout.ts';
import { packs } from './zh-CN/kitchen/pack.ts';
import { quality } from './zh-CN/kitchen/quality.ts';
import { kitchen } from './zh-CN/kitchen/words.ts';
import { health, ledger } from './zh-CN/ledger.ts';
import { complaints } from './zh-CN/oversight/complaint.ts';
import { day } from './zh-CN/oversight/day.ts';
import { districtBoard } from './zh-CN/oversight/district-board.ts';
import { draw } from './zh-CN/oversight/draw.ts';
import { federation } from './zh-CN/oversight/federation.ts';
import { front } from './zh-CN/oversight/front.ts';
import { join } from './zh-CN/oversight/join.ts';
import { mediation } from './zh-CN/oversight/mediation.ts';
import { notices } from './zh-CN/oversight/notice.ts';
import { purchase } from './zh-CN/oversight/purchase.ts';
import { record } from './zh-CN/oversight/record.ts';
import { risk } from './zh-CN/oversight/risk.ts';
import { search } from './zh-CN/oversight/search.ts';
import { sentinel } from './zh-CN/oversight/sentinel.ts';
import { standing } from './zh-CN/oversight/standing.ts';
import { sweep } from './zh-CN/oversight/sweep.ts';
import { trade } from './zh-CN/oversight/trade.ts';
import { visit } from './zh-CN/oversight/visit.ts';
import { people } from './zh-CN/people.ts';
import { problems } from './zh-CN/problems.ts';
import { said } from './zh-CN/said.ts';
import { connect } from './zh-CN/trace/connect.ts';
import { trace } from './zh-CN/trace/words.ts';

export const zhCN = {
  lang: 'zh-CN' as 'zh-CN' | 'en',
  board,
  chart,
  common,
  complaints,
  connect,
  draw,
  day,
  federation,
  front,
  join,
  visit,
  standing,
  sweep,
  mediation,
  sentinel,
  account,
  accounts,
  health,
  kitchen,
  learning,
  lookout,
  ledger,
  notices,
  packs,
  people,
  problems,
  purchase,
  quality,
  districtBoard,
  record,
  risk,
  said,
  search,
  trace,
  trade,
};
