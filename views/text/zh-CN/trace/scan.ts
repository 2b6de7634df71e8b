// What people read when a code can be read in more than one way, or names something else than a lot, in Chinese.

export const scan = {
  unsureTitle: '这个码有几种读法，选一种',
  unsureLead: '扫码枪没有把批号后面的分隔符送出来，或者大小写不一样。对照包装上印的批号，选对的那一个。',
  registered: '已登记',
  unregistered: '没有登记过',
  batch: (batch: string) => `批号 ${batch}`,
  expires: (day: string) => `保质期至 ${day}`,
  produced: (day: string) => `生产日期 ${day}`,
  isPlace: (name: string) => `这是单位的码：${name}`,
  isProduct: (name: string) => `这是产品的码：${name}`,
  isContainer: (sscc: string) => `这是物流箱的码：SSCC ${sscc}`,
  isCalled: (name: string) => `单位：${name}`,
  lastAt: '这里最近经手的批次',
  sizeHint: '让码占画面的三分之一以上，拿稳；读到会响一声并震动。',
  torch: '手电筒',
  openPlace: '查看这家单位',
  openProduct: '查看这个产品',
  openContainer: '查看这一箱',
  inContainer: '箱里装过的批次：',
  warnings: {
    recalled: (batch: string, _day: string, _other: string) => `${batch} 正在召回：不要收，退给送货方。`,
    held: (batch: string, _day: string, _other: string) => `${batch} 已封存：先不要使用。`,
    expired: (batch: string, day: string, _other: string) => `${batch} 已过期（保质期至 ${day}）：不要收。`,
    expiry_differs: (batch: string, day: string, other: string) =>
      `${batch} 标签上的保质期是 ${day}，登记的是 ${other}：问清楚再收，登记的不改。`,
    own_code: (batch: string, _day: string, _other: string) => `批号 ${batch} 不合 GS1 的规定，系统另给它一个码。`,
  },
  /** The same when goods leave. */
  leaving: {
    recalled: (batch: string, _day: string, _other: string) => `${batch} 正在召回：不要发出，只能退给供货方。`,
    held: (batch: string, _day: string, _other: string) => `${batch} 已封存：先不要发出。`,
    expired: (batch: string, day: string, _other: string) => `${batch} 已过期（保质期至 ${day}）：不要发出，不要卖。`,
  },
  takeAnyway: '我知道了，仍然登记收货（单独存放，不要使用）',
  takeAnywayFirst: '先看清上面的提醒，勾选后再提交。',
};
