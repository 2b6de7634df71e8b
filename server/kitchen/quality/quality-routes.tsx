// The page that says how well reviewing works, and its CSV.
import { Hono } from 'hono';
import { QualityPage } from '../../../views/kitchen/quality/quality-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { csv, page } from '../../http/respond.tsx';
import { qualityData } from './quality-data.ts';
import { qualitySheet } from './quality-sheet.ts';

export function qualityRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/review/quality', (c) => {
    const data = qualityData(deps, signedInCaller(c), c.get('lang'));
    return page(c, <QualityPage words={c.get('words')} here={c.req.path} viewer={c.get('viewer')} {...data} />);
  });
  app.get('/review/quality.csv', (c) => {
    return csv(c, 'review-quality', qualitySheet(qualityData(deps, signedInCaller(c), c.get('lang'))));
  });
  return app;
}
