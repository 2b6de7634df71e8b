// Subscribes from the page's form: the query it names is made when there is none of it yet.
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import type { JsonObject } from '../event/event.ts';
import { keepNamedQuery } from './keep-named-query.ts';
import { namedQuery } from './named-query-store.ts';
import type { Schedule } from './schedule.ts';
import { askedSubscription, type Subscribed, type SubscriptionDeps, subscribeQuery } from './subscribe-query.ts';
import { offeredSteps } from './subscription-data.ts';

const schedules: Readonly<Record<string, Schedule>> = {
  hourly: { minute: '0' },
  daily: { hour: '6', minute: '0' },
  weekly: { dayOfWeek: '1', hour: '6', minute: '0' },
};

/** Throws Problem with faults at the form's fields. */
export async function subscribeByForm(
  deps: SubscriptionDeps,
  caller: Caller,
  values: Readonly<Record<string, string>>,
): Promise<Subscribed> {
  const schedule = schedules[values['when'] ?? ''];
  const token = values['signatureToken'] ?? '';
  const asked = await askedSubscription(deps, {
    dest: values['dest'] ?? '',
    ...(token === '' ? {} : { signatureToken: token }),
    ...(schedule === undefined ? { stream: true } : { schedule }),
  });
  const { name, definition } = queryChosen(values['events'] ?? '');
  const kept = namedQuery(deps.db, caller, name);
  if (kept === undefined && definition !== undefined) keepNamedQuery(deps, caller, { name, definition });
  const query = kept ?? namedQuery(deps.db, caller, name);
  if (query === undefined) {
    const detail = 'Choose one of the queries in the list.';
    throw new Problem('invalid_input', { faults: [{ place: '/events', code: 'missing', detail }] });
  }
  return subscribeQuery(deps, caller, query, asked, 'No_Preference');
}

/** `all`, `step:shipping`, or `query:` and the name of one that is kept; the first two are made under names of their own. */
function queryChosen(choice: string): { readonly name: string; readonly definition: JsonObject | undefined } {
  if (choice === '' || choice === 'all') return { name: 'all-events', definition: {} };
  const step = choice.replace(/^step:/, '');
  if (choice.startsWith('step:') && offeredSteps.includes(step))
    return { name: `step-${step}`, definition: { EQ_bizStep: [step] } };
  return { name: choice.replace(/^query:/, ''), definition: undefined };
}
