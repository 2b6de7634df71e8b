// The report of a recall: its page, and its paper, so far while it is open and as written once it has ended.

import { type Context, Hono } from 'hono';
import { RecallReportPage } from '../../../views/trace/report/recall-report-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { page } from '../../http/respond.tsx';
import { visibleRecall } from '../recall/visible-recall.ts';
import { readPaperFont } from './read-paper-font.ts';
import { recallReportPdf } from './recall-report-pdf.ts';
import { type RecallKitchens, recallReport } from './recall-report-store.ts';
import { keptReport } from './write-recall-report.ts';

export function recallReportRoutes(deps: Deps, kitchens: RecallKitchens): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/recalls/:id/report', async (c) => {
    const recall = visibleRecall(c, deps);
    return page(
      c,
      <RecallReportPage
        words={c.get('words')}
        here={c.req.path}
        viewer={c.get('viewer')}
        back={`/recalls/${recall.publicId}`}
        report={await recallReport(deps, recall, kitchens)}
      />,
    );
  });
  app.get('/recalls/:id/report.pdf', (c) => paper(c, deps, kitchens));
  return app;
}

async function paper(c: Context<Env>, deps: Deps, kitchens: RecallKitchens): Promise<Response> {
  const recall = visibleRecall(c, deps);
  const hash = keptReport(deps.db, recall.id, c.get('lang'));
  const kept = hash === undefined ? undefined : deps.blobs.get(hash);
  const report = await recallReport(deps, recall, kitchens);
  const bytes = kept ?? (await recallReportPdf(c.get('words'), report, readPaperFont()));
  c.header('content-disposition', `attachment; filename="recall-${report.number}-${c.get('lang')}.pdf"`);
  c.header('cache-control', 'private, no-store');
  c.header('vary', 'Accept-Language, Cookie', { append: true });
  return c.body(Uint8Array.from(bytes), 200, { 'content-type': 'application/pdf' });
}
