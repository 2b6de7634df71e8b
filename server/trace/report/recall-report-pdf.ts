// Prints the report of a recall on paper: the same sections as its page, the chain drawn in lines.

import { formatMoment } from '../../../views/parts/time.ts';
import type { Texts } from '../../../views/text/texts.ts';
import type { Chain, ChainHolding } from '../../../views/trace/chain/chain.ts';
import { type Box, type GraphLayout, layOutChain } from '../../../views/trace/chain/graph-layout.ts';
import { amountWithMark, placeName } from '../../../views/trace/parts.tsx';
import type { RecallReport } from '../../../views/trace/report/recall-report.ts';
import { reportSections, reportTitle } from '../../../views/trace/report/recall-report-text.ts';
import type { ReportBlock } from '../../../views/trace/report/report-block.ts';
import { closePaper, facts, heading, ink, openPaper, type Paper, paragraph, room, table } from './report-paper.ts';

/** One PDF in the language of `words`; the same report gives the same bytes. */
export async function recallReportPdf(words: Texts, report: RecallReport, font: Buffer): Promise<Buffer> {
  const title = `${words.trace.report.title} ${report.number}`;
  const paper = await openPaper({ title, lang: words.lang, at: report.asOf, font });
  const { doc, left, width } = paper;
  doc.fontSize(20).fillColor(ink.text).strokeColor(ink.text).lineWidth(0.3);
  doc.text(title, left, doc.y + 4, { width, stroke: true, fill: true });
  paragraph(
    paper,
    `${reportTitle(words, report)}${words.lang === 'en' ? '. ' : '，'}${words.trace.report.asOf(formatMoment(report.asOf, words.lang))}`,
    report.state === 'open' ? ink.bad : ink.soft,
    10.5,
  );
  for (const { title: name, blocks } of reportSections(words, report)) {
    if (blocks.some(({ kind }) => kind === 'chain')) makeRoomForChain(paper, report.chain);
    heading(paper, name);
    for (const block of blocks) draw(paper, words, report, block);
  }
  return closePaper(
    paper,
    (page, pages) =>
      `${words.common.product} · ${title} · ${words.trace.report.asOf(formatMoment(report.asOf, words.lang))} · ${words.trace.report.page(page, pages)}`,
  );
}

function draw(paper: Paper, words: Texts, report: RecallReport, block: ReportBlock): void {
  if (block.kind === 'facts') facts(paper, block.facts);
  else if (block.kind === 'text') paragraph(paper, block.text);
  else if (block.kind === 'table') table(paper, block);
  else chain(paper, words, report.chain);
}

// Below this a name in a box is no longer read; the sheet is turned on its side instead.
const smallest = 0.62;
const noteHeight = 70;

/** Where the chain fits: under its heading, or on a sheet of its own turned on its side. */
function placeOf(paper: Paper, layout: GraphLayout): { scale: number; lies: 'upright' | 'turned' } {
  const right = Math.max(1, ...layout.boxes.map(({ x, width }) => x + width));
  const scaleIn = (width: number, height: number) => Math.min(1, (width - 4) / right, height / layout.height);
  const upright = scaleIn(paper.width, paper.bottom - 2 * noteHeight);
  const turned = scaleIn(paper.bottom - paper.left, paper.width - 2 * noteHeight);
  return upright >= smallest || turned <= upright
    ? { scale: upright, lies: 'upright' }
    : { scale: turned, lies: 'turned' };
}

/** Turns the page so that the heading, the note and the drawing stay together. */
function makeRoomForChain(paper: Paper, drawn: Chain): void {
  if (drawn.holdings.length === 0) return;
  const layout = layOutChain(drawn);
  const { scale, lies } = placeOf(paper, layout);
  if (lies === 'turned') paper.doc.addPage({ layout: 'landscape' });
  else room(paper, layout.height * scale + noteHeight + 20);
}

function chain(paper: Paper, words: Texts, drawn: Chain): void {
  if (drawn.holdings.length === 0) return;
  const layout = layOutChain(drawn);
  const { scale, lies } = placeOf(paper, layout);
  const { doc, left } = paper;
  const top = doc.y;
  doc.save();
  doc.translate(left + 2, top).scale(scale);
  for (const curve of layout.curves) {
    doc.path(curve.path).lineWidth(curve.width).strokeOpacity(0.55);
    if (curve.scope === 'proportional') doc.dash(8, { space: 5 });
    if (curve.scope === 'potential') doc.dash(2, { space: 5 });
    doc.stroke(curve.scope === 'none' ? ink.faint : ink.accent).undash();
  }
  doc.strokeOpacity(1);
  for (const { x, y } of layout.joints) doc.circle(x, y, 4).fill(ink.faint);
  for (const box of layout.boxes) boxNode(paper, words, box);
  labels(paper, words, layout);
  doc.restore();
  doc.x = left;
  if (lies === 'turned') doc.addPage({ layout: 'portrait' });
  else doc.y = top + layout.height * scale + 8;
}

function boxNode({ doc }: Paper, words: Texts, box: Box): void {
  const { holding, x, y, width, height, folded } = box;
  const frame = doc.roundedRect(x, y, width, height, 8).lineWidth(1.2);
  if (holding === undefined) frame.dash(2, { space: 3 });
  frame.fillAndStroke('#ffffff', holding?.scope === 'here' ? ink.accent : ink.faint).undash();
  const lines = holding === undefined ? [words.trace.report.folded(folded), ''] : boxLines(words, holding);
  const options = { width: width - 20, height: 18, lineBreak: false, ellipsis: true } as const;
  doc
    .fontSize(14)
    .fillColor(ink.text)
    .text(lines[0] ?? '', x + 10, y + 7, options);
  doc
    .fontSize(12)
    .fillColor(ink.soft)
    .text(lines[1] ?? '', x + 10, y + 29, options);
}

function boxLines(words: Texts, holding: ChainHolding): [string, string] {
  const { received, unit, answer } = holding;
  const said = [
    ...(received === null ? [holding.short] : [amountWithMark(words, received, unit)]),
    ...(answer === null ? [] : [words.trace.recall.answers[answer]]),
  ];
  return [placeName(words, holding.place), said.join(words.lang === 'en' ? ', ' : '，')];
}

function labels({ doc }: Paper, words: Texts, layout: GraphLayout): void {
  doc.fontSize(12).fillColor(ink.soft);
  for (const { label } of layout.curves) {
    if (label === undefined) continue;
    doc.text(amountWithMark(words, label.quantity, label.unit), label.x - 90, label.y - 12, {
      width: 90,
      align: 'right',
      lineBreak: false,
    });
  }
}
