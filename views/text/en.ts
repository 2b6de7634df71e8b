// English: the same words as zh-CN, put together from one file an area.
import { account } from './en/account.ts';
import { accounts } from './en/accounts.ts';
import { chart } from './en/chart.ts';
import { common } from './en/common.ts';
import { board } from './en/kitchen/board.ts';
import { learning } from './en/kitchen/learning.ts';
import { lookout } from './en/kitchen/lookout.ts';
import { packs } from './en/kitchen/pack.ts';
import { quality } from './en/kitchen/quality.ts';
import { kitchen } from './en/kitchen/words.ts';
import { health, ledger } from './en/ledger.ts';
import { complaints } from './en/oversight/complaint.ts';
import { day } from './en/oversight/day.ts';
import { districtBoard } from './en/oversight/district-board.ts';
import { draw } from './en/oversight/draw.ts';
import { federation } from './en/oversight/federation.ts';
import { front } from './en/oversight/front.ts';
import { join } from './en/oversight/join.ts';
import { mediation } from './en/oversight/mediation.ts';
import { notices } from './en/oversight/notice.ts';
import { purchase } from './en/oversight/purchase.ts';
import { record } from './en/oversight/record.ts';
import { risk } from './en/oversight/risk.ts';
import { search } from './en/oversight/search.ts';
import { sentinel } from './en/oversight/sentinel.ts';
import { standing } from './en/oversight/standing.ts';
import { sweep } from './en/oversight/sweep.ts';
import { trade } from './en/oversight/trade.ts';
import { visit } from './en/oversight/visit.ts';
import { people } from './en/people.ts';
import { problems } from './en/problems.ts';
import { said } from './en/said.ts';
import { connect } from './en/trace/connect.ts';
import { trace } from './en/trace/words.ts';
import type { zhCN } from './zh-CN.ts';

export const en = {
  lang: 'en',
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
} satisfies typeof zhCN as typeof zhCN;
