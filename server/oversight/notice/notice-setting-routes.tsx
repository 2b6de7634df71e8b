// How a person wants to be told, over HTTP.
import { type Context, Hono } from 'hono';
import { NoticeSettingsPage } from '../../../views/oversight/notice/notice-settings-page.tsx';
import { say } from '../../../views/text/say.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { clockText } from '../../kitchen/restaurant/hours.ts';
import { changeNoticeSetting, noticeSettingOf, noticeSettingSchema } from './change-notice-setting.ts';

type Shown = {
  readonly values?: Readonly<Record<string, string>>;
  readonly problem?: Problem;
  readonly token?: string | null;
  readonly saved?: 'saved';
};

export function noticeSettingRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/notices/settings', (c) => show(c, deps, {}));
  app.post('/notices/settings', async (c) => {
    const values = await formValues(c);
    try {
      const token = await changeNoticeSetting(deps, check(noticeSettingSchema, values), signedInCaller(c));
      return await show(c, deps, { saved: 'saved', token });
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return show(c, deps, { values, problem: error });
    }
  });
  return app;
}

function show(c: Context<Env>, { db }: Deps, { values, problem, token, saved }: Shown): Promise<Response> {
  const words = c.get('words');
  const kept = noticeSettingOf(db, signedInCaller(c).id);
  const known = {
    lang: kept?.lang ?? c.get('lang'),
    email: kept?.email ?? '',
    webhook: kept?.webhook ?? '',
    quietFrom: kept === undefined ? '22:00' : clockText(kept.quietFrom),
    quietUntil: kept === undefined ? '07:00' : clockText(kept.quietUntil),
  };
  return page(
    c,
    <NoticeSettingsPage
      words={words}
      here="/notices/settings"
      viewer={c.get('viewer')}
      values={values ?? known}
      faults={(problem?.faults ?? []).map(({ place, code, detail }) => ({
        place,
        detail: words.notices.faults[code] ?? say(words, detail),
      }))}
      saved={saved ?? null}
      token={token ?? null}
    />,
    problem === undefined ? 200 : 400,
  );
}
