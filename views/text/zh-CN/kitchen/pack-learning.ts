// Words of the page on which the packs learn from verdicts, in Chinese.

export const learning = {
  title: '用审核结果学习',
  lead: '模型按一家单位的审核结果微调，就在本机后台进行，不影响正在看的画面。学成后只是候选，先影子运行，换不换由管理员决定。',
  open: '用审核结果学习',
  kitchens: '可以学习的单位',
  need: (verdicts: number, each: number) =>
    `至少要 ${verdicts} 条审核结果，“违规”和“不是违规”各 ${each} 条以上。抽查的画面不参加学习。`,
  noKitchens: '还没有审核过的疑似违规。先在待审台判一些，再来这里。',
  verdicts: (confirmed: number, cleared: number) => `违规 ${confirmed} 条，不是违规 ${cleared} 条`,
  begin: '开始学习',
  heldOut: '留作评测：数据集用它来测量模型，所以不从它学习。',
  tooFew: '审核结果还不够。',
  runs: '学习记录',
  end: '结束学习',
  states: { waiting: '等待开始', running: '学习中', done: '已学成', failed: '没有学成', cancelled: '已结束' },
  stages: { embedding: '查看画面', fitting: '微调', measuring: '测量' },
  faults: {
    too_few: '框上的审核结果太少：较早的画面要够学，较晚的画面要够测。再审核一些后重试。',
    no_better: '学到的没有比现用模型更符合审核结果，现用模型不变。',
    no_layer: '使用中的模型没有可以单独微调的最后一层。',
    held_out: '这家单位已留作评测：模型在它上面测量，不从它学习。请换一家。',
    asker_gone: '发起人已不能管理模型包。请由管理员重新开始。',
    refused: '学成的模型没有通过检查，没有保留。',
    broken: '学习的进程三次中断，已停止。请查看系统日志后重试。',
  },
  decide: (id: number) => `看第 ${id} 套的比对，再决定采用或停用`,
  learntFrom: (pack: string, boxes: number) => `${pack}：从 ${boxes} 个判过的框学习。`,
  threshold: (from: string, to: string) => (from === to ? `阈值 ${from} 不变。` : `阈值 ${from} 改为 ${to}。`),
  later: '本单位较晚的画面（没有用来学习）',
  elsewhere: '其他单位判过的画面',
  noBoxes: '没有判过的框，无法测量。',
  gain: (points: string, interval: string) => `判对的比例变化 ${points} 个百分点（95% 区间 ${interval}）。`,
  counts: (boxes: number, before: number, after: number, gone: number, lost: number) =>
    `${boxes} 个框，判对由 ${before} 个变为 ${after} 个；误报少 ${gone} 个，真违规漏掉 ${lost} 个。`,
};
