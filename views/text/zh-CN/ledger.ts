// Words of the ledger and the health pages, in Chinese.

const kinds: Readonly<Record<string, string>> = {
  account: '账号',
  token: '令牌',
  capture: '追溯事件',
  flag: '疑似违规',
  verdict: '审核结论',
  order: '整改通知',
  recall: '召回',
  subscription: '事件订阅',
  camera: '摄像头',
  'pack-set': '模型包',
  dataset: '审核数据集',
  'camera-rules': '摄像头规则',
  threshold: '阈值',
};

export const ledger = {
  title: '存证日志',
  lead: '每一次登记、判定和召回都写进一条只增不改的日志，任何改动都能查出。',
  latest: '最近记录',
  entries: (count: number) => `共 ${count} 条`,
  seq: '序号',
  at: '时间',
  kind: '类别',
  subject: '对象',
  kinds,
  checkpoint: '签名检查点',
  checkpointNote: '任何人都可以保存这段文字，以后据此核验日志没有被改写。',
};

export const health = {
  title: '运行状况',
  lead: '各部分是否正常，哪些任务需要处理。',
  queue: '任务队列',
  waiting: '等待',
  leased: '进行中',
  dead: '失败',
  deadTitle: '失败的任务',
  deadEmpty: '没有失败的任务。',
  retry: '重试',
  job: '任务',
  attempts: '次数',
  error: '原因',
  ended: '时间',
  models: '模型包',
  version: '版本',
  frames: '画面处理',
  dropped: '因积压丢弃',
  restarted: '线程重启',
  disk: '数据库大小',
};
