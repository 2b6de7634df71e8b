// What the holders of a recall last answered, by place.
import type { AnswerState } from '../../../views/trace/parts.tsx';
import type { Db } from '../../store/db.ts';
import { recallAnswers, recallNotices } from './recall-store.ts';

/** Each holder's last answer; silent while there is none. */
export function answersBySite(db: Db, recallId: number): Map<string, AnswerState> {
  const states = new Map<string, AnswerState>(recallNotices(db, recallId).map(({ siteId }) => [siteId, 'silent']));
  for (const { siteId, action } of recallAnswers(db, recallId)) states.set(siteId, action as AnswerState);
  return states;
}
