// Writes a recall's closing report when it has ended: both languages on paper, kept under their hash and in the ledger.

import { textsFor } from '../../../views/text/texts.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { recallById } from '../recall/recall-store.ts';
import { readPaperFont } from './read-paper-font.ts';
import { recallReportPdf } from './recall-report-pdf.ts';
import { type RecallKitchens, recallReport } from './recall-report-store.ts';

export const reportLangs = ['zh-CN', 'en'] as const;
export type ReportLang = (typeof reportLangs)[number];

/** The job `recall-report`; `payload` is `{recallId}`. Done twice it writes once. */
export async function writeRecallReport(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets' | 'blobs'>,
  payload: unknown,
  kitchens: RecallKitchens,
): Promise<void> {
  const recallId = Number((payload as { recallId?: unknown } | null)?.recallId);
  const recall = recallById(deps.db, recallId);
  if (recall?.state !== 'closed' || keptReport(deps.db, recallId, 'zh-CN') !== undefined) return;
  const report = await recallReport(deps, recall, kitchens);
  const papers: { lang: ReportLang; hash: string }[] = [];
  for (const lang of reportLangs)
    papers.push({ lang, hash: deps.blobs.put(await recallReportPdf(textsFor(lang), report, readPaperFont())) });
  writeTransaction(deps.db, () => {
    if (keptReport(deps.db, recallId, 'zh-CN') !== undefined) return;
    const at = deps.clock();
    const insert = deps.db.sqlite.prepare('INSERT INTO recall_report (recall_id, lang, hash, at) VALUES (?, ?, ?, ?)');
    for (const { lang, hash } of papers) insert.run(recallId, lang, hash, at);
    appendEntry(deps.db, {
      kind: 'recall-report',
      subject: recall.code,
      body: { recall: recall.publicId, papers: Object.fromEntries(papers.map(({ lang, hash }) => [lang, hash])) },
      at,
    });
  });
}

/** The hash of the paper written at closing. */
export function keptReport(db: Db, recallId: number, lang: ReportLang): string | undefined {
  return db.sqlite
    .prepare('SELECT hash FROM recall_report WHERE recall_id = ? AND lang = ?')
    .pluck()
    .get(recallId, lang) as string | undefined;
}
