// The jobs of oversight, by name, for the house's work.ts.
import { hourMs, minuteMs } from '../clock.ts';
import type { Deps } from '../deps.ts';
import type { Work } from '../jobs/run-jobs.ts';
import { keepBoards } from './board/keep-boards.ts';
import { checkDays } from './day/check-days.ts';
import { followServer, followServers } from './federation/follow-server.ts';
import { lookAtHeld, lookAtKitchens } from './join/look-at-kitchens.ts';
import { followMediations } from './mediation/follow-mediations.ts';
import { scoreRisk } from './risk/write-risk-scores.ts';
import { watchSeries } from './sentinel/watch-series.ts';
import { checkSources } from './trade/check-sources.ts';
import { askDueVisits } from './visit/ask-due-visits.ts';

export function oversightWork(deps: Deps): Work {
  return {
    'check-days': () => void checkDays(deps),
    'check-sources': () => void checkSources(deps),
    'keep-boards': () => void keepBoards(deps),
    'follow-servers': () => void followServers(deps),
    'follow-server': (payload) => followServer(deps, payload),
    'score-risk': () => void scoreRisk(deps),
    'recall-kitchen': (payload) => lookAtKitchens(deps, payload),
    'follow-mediations': () => void followMediations(deps),
    'watch-series': () => void watchSeries(deps),
    'look-at-held': () => lookAtHeld(deps),
    'ask-due-visits': () => void askDueVisits(deps),
  };
}

/** Jobs that the clock asks for, as in timers.ts: name → milliseconds. */
export const oversightJobsEveryMs: Readonly<Record<string, number>> = {
  'check-days': hourMs,
  'follow-servers': minuteMs,
  'check-sources': hourMs,
  'look-at-held': minuteMs,
  'ask-due-visits': 10 * minuteMs,
  'watch-series': hourMs,
  'follow-mediations': 10 * minuteMs,
  'keep-boards': minuteMs,
  'score-risk': minuteMs,
};
