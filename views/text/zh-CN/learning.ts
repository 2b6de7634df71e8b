// Words of what is learnt from verdicts, in Chinese: data sets, proposed thresholds, zones.

type Sides = { readonly train: number; readonly val: number };

const dataset = {
  title: '审核数据集',
  lead: '把人工审核过的画面导出，用来训练和测量模型。按餐饮单位划分，同一单位只在一边。',
  form: '导出',
  kitchens: '餐饮单位',
  kitchensHint: '不勾选即为全部。',
  judged: (count: number) => `${count} 条已判定`,
  from: '起始日期（可选）',
  to: '截止日期（可选）',
  faces: '人脸',
  facesBlurred: '打码（不能用来学口罩）',
  facesAsSeen: '原样（用于训练，用后删除）',
  reason: '用途',
  reasonHint: '连同你的姓名和时间写入存证日志。',
  ask: '开始导出',
  nothingYet: '还没有人审核过画面。先到审核台判定几条，再来导出。',
  list: '最近导出',
  none: '还没有导出过。',
  askedAt: '时间',
  by: '经手人',
  states: { waiting: '等待中', running: '正在写', done: '已完成', failed: '未成', gone: '文件已删除' },
  progress: (done: number, total: number) => `${done} / ${total} 张`,
  state: '状态',
  contents: '内容',
  pictures: ({ train, val }: Sides) => `训练 ${train} 张，验证 ${val} 张`,
  ofKitchens: ({ train, val }: Sides) => `${train} + ${val} 家单位`,
  leftOut: (count: number) => `未收入 ${count} 张`,
  digest: '数据摘要',
  download: '下载',
  keptUntil: (day: string) => `${day} 删除`,
  faults: {
    no_frames: '这些单位在这段时间没有审核过的画面。换个范围再试。',
    one_kitchen: '只有一家单位有审核过的画面，无法分成两边。再审核一家的画面。',
    no_pictures: '有一边没有可用的画面：已按期限删除，或都存疑。换个范围再试。',
  },
  fieldFaults: {
    from: '写成 2026-11-01 这样的日期。',
    to: '写成 2026-11-30 这样的日期，不早于起始日期。',
    reason: '用几个字写明用途。',
    kitchen: '从列表中选择单位。',
    faces: '选择一种。',
  } as Readonly<Record<string, string>>,
};

export const learning = { dataset };
