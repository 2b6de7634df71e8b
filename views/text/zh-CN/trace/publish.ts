// What an inspector reads between writing a recall and its going out, in Chinese.

export const publish = {
  askTitle: '确认发布召回',
  ask: (product: string, batch: string) => `发布 ${product} ${batch} 的召回？`,
  tells: (holders: number, quantity: string) => `将通知 ${holders} 个单位，现存 ${quantity}`,
  andMore: (count: number) => ` 等，另有 ${count} 个`,
  holdNow: '立即封存这一批，公众页面显示“已封存”。',
  tellLater: (minutes: number) => `${minutes} 分钟后才通知各单位、公开召回；在此之前可以撤回。`,
  afterwards: '通知发出后不能撤回，只能结束。发布和撤回都写入存证日志。',
  change: '返回修改',
  waiting: '召回待发出',
  goesOut: (time: string, minutes: number) =>
    minutes === 0 ? '撤回时间已过，正在发出通知。' : `已封存。${time} 发出通知，还剩 ${minutes} 分钟可以撤回。`,
  going: {
    title: '正在发出：先找出全部去向',
    walk: (holdings: string) => `正在沿去向追踪，已找到 ${holdings} 处持有。`,
    books: (holdings: string) => `正在核算 ${holdings} 处持有各有多少。`,
    rows: (holdings: string) => `正在固定 ${holdings} 处持有的范围，随后发出通知。`,
    lead: '批次已封存。范围固定之前还可以撤回。',
  },
  takeBack: '撤回，不发布',
  sendNow: '不等了，现在发出',
  takenBack: (time: string) => `已于 ${time} 撤回，没有通知任何单位。`,
  waitingTitle: '待发出',
  proposals: '建议召回',
  proposalsLead: '检验不合格、已封存，还没有召回也没有解除的批次。',
  proposed: (subject: string, date: string) => `${date} 检出${subject}不合格`,
};
