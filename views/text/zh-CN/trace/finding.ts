// What findings say, with their numbers, and the page that lists them, in Chinese.

export const findingTexts = {
  title: '异常',
  myTitle: '本单位的异常',
  lead: '账目对不上、在途太久、临期过期、断链：由系统按追溯事件和时钟自动发现，处理后自动消失。',
  myLead: '处理掉（用完、退货、销毁并登记）之后会自动消失。',
  all: '全部',
  emptyTitle: '没有异常',
  emptyLead: '收发数量相符，没有临期过期和在途太久的货。',
  kind: '异常',
  what: '说明',
  lot: '批次',
  place: '地点',
  since: '起始',
  rules: '判定标准',
  rulesLead: '整体一套，个别产品可以另定。改动写入存证日志，并立即重新核对。',
  product: '产品（GTIN 或自编码）',
  productHint: '留空就是所有产品',
  lossPercent: '加工损耗上限（%）',
  transitHours: '在途上限（小时）',
  nearDays: '临期提醒（天，不早于保质期的最后四分之一）',
  sameAsAll: '同整体',
  everything: '所有产品',
  save: '保存标准',
  saved: '标准已保存，已重新核对。',
  said: {
    negative: (received: string, left: string, lowest: string) => `入库 ${received}，出库 ${left}，最多差 ${lowest}`,
    lessReceived: (difference: string) => `收货比发货少 ${difference}，差在途中，按收货记账`,
    moreReceived: (difference: string) => `收货比发货多 ${difference}，按收货记账`,
    noReceipt: (amount: string) => `发来 ${amount}，一直没有收货扫码`,
    noShipment: (amount: string) => `收到 ${amount}，没有发货记录`,
    gain: (amountIn: string, amountOut: string) => `投入 ${amountIn}，产出 ${amountOut}`,
    loss: (amountIn: string, amountOut: string, lost: string, allowed: string) =>
      `投入 ${amountIn}，产出 ${amountOut}，损耗 ${lost}%（上限 ${allowed}%）`,
    transit: (amount: string) => `${amount} 从这里发出，一直没有人收货`,
    unit: (unit: string) => `单位“${unit}”没有换算比例，数量无法核对；在产品页填写每件重量`,
    early: (hours: string, times: number) =>
      times === 1
        ? `收货比发货早 ${hours} 小时，核对时钟和时区`
        : `${times} 次收货早于发货，最近一次早 ${hours} 小时，核对时钟和时区`,
    recount: (books: string, found: string) => `账面 ${books}，盘点 ${found}`,
    uncoded: (code: string) => `没有批号的货：${code}`,
    excursion: (times: number, minutes: number, worst: string) =>
      `${times} 次，共 ${minutes} 分钟，最差 ${worst}\u00a0°C`,
    expiring: (amount: string, date: string) => `还有 ${amount}，${date} 到期`,
    expired: (amount: string, date: string) => `还有 ${amount}，${date} 已到期`,
    expiredReceived: (amount: string, date: string) => `${date} 到期，之后又收货 ${amount}`,
    foreign: (step: string) => `别的单位申报了这里的“${step}”，确认之前不计入台账`,
    dayMissed: (days: number, weeks: number, months: number) =>
      [
        days > 0 ? `${days} 天没有做日管控` : '',
        weeks > 0 ? `${weeks} 份周排查报告没有签` : '',
        months > 0 ? `${months} 份月调度纪要没有签` : '',
      ]
        .filter((part) => part !== '')
        .join('，'),
    tradeMismatch: (order: number, first: string, a: string, second: string, b: string) =>
      `订单 ${order}：${first} ${a} 元，${second} ${b} 元，请核对`,
    tradeSides: { goods: '实收货值', invoice: '开票', payment: '付款' },
    unregisteredSource: (name: string) => `从没有登记的“${name}”进货，请核实其资质并登记`,
    expiredServed: (amount: string, date: string) => `${date} 到期，之后仍使用或售出 ${amount}`,
  },
};
