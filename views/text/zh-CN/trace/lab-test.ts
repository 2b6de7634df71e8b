// What inspectors and suppliers read when they enter a laboratory test, and what a failed one proposes, in Chinese.

export const labTest = {
  title: '登记检验',
  add: '登记检验',
  none: '还没有登记检验。',
  subject: '检验项目',
  subjectHint: '例如：克伦特罗；沙门氏菌；农药残留（毒死蜱）',
  result: '检验结果',
  resultHint: '不合格时，这一批立即封存，并向检查员建议召回。',
  choose: '请选择',
  detail: '检出值与限值（选填）',
  detailHint: '例如：检出 0.8 μg/kg，不得检出',
  laboratory: '检验机构（选填）',
  testedAt: '检验日期',
  report: '检验报告（选填）',
  reportHint: 'PDF，或报告的照片（JPEG、PNG、WebP）',
  save: '提交',
  back: '返回批次',
  saved: '检验已登记。',
  savedHeld: '检验已登记：不合格，这一批已封存，并已向检查员建议召回。',
  seeReport: '检验报告',
  proposed: '检验不合格，还没有召回也没有解除封存。',
  propose: '填写召回',
  reason: (subject: string, parts: readonly string[]) =>
    `检验不合格：${subject}${parts.length === 0 ? '' : `（${parts.join('；')}）`}`,
};
