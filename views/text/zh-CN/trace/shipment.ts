// What a shop or a supplier reads when goods leave, in Chinese.

export const shipment = {
  title: '出库',
  lead: '货走之前扫一下：发给谁，或卖给顾客。召回时就知道去了哪里。',
  from: '发货单位',
  lineName: (row: string) => `第 ${row} 批`,
  oneMore: '再加一批',
  way: '去向',
  ways: { ship: '发给单位', sell: '卖给顾客' },
  to: '收货单位',
  toHint: '写名称或单位编号；卖给顾客不用填',
  submit: '提交出库',
  warned: '这些批次不应出库：',
  accept: '仍要出库，例如退回供货方',
  done: (count: number) => `出库 ${count} 批，已记。`,
  again: (count: number) => `其中 ${count} 批早已登记，没有重复记。`,
  undo: (minutes: number) => `撤销（${minutes} 分钟内）`,
  undone: '已撤销，货还在本单位账上。',
  late: '撤销时间已过：货回来时用“收货”登记。',
};
