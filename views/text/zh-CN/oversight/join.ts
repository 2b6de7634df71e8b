// Where a lot and a kitchen meet, in Chinese.

export const join = {
  title: '涉及的后厨',
  lead: (count: number) =>
    count === 0 ? '没有后厨收到过这一批次或用它做的产品。' : `${count} 家餐饮单位收到过这一批次或用它做的产品。`,
  causes: { recall: '召回', hold: '封存', test: '检验不合格' },
  noLooks: '还没有因为这一批次请审核员核看后厨画面。召回、封存或检验不合格时会自动提请。',
  looked: (cause: string, kitchens: number, flags: number) =>
    `因${cause}核看 ${kitchens} 家后厨，提请审核 ${flags} 张画面`,
  stillThere: '仍在（按已记录的情况）',
  itself: '本批次',
  otherDistrict: '不在你的辖区，画面由当地查看。',
  judged: (open: number, confirmed: number, cleared: number) =>
    `这段时间的画面：待审核 ${open}，属实 ${confirmed}，误报 ${cleared}`,
  noFrames: '这段时间没有留存的画面。',
  framesKept: (shown: number, total: number) =>
    shown === total ? `留存画面 ${total} 张` : `留存画面 ${total} 张，按时间均匀取 ${shown} 张`,
  frameAlt: (where: string) => `后厨画面：${where}`,
  flagTitle: '当时在后厨的批次',
  flagLead: '从进货、使用和发货的记录推算；没有写明用完的，按保质期或进货后 30 天推定。',
  noLots: '没有记录到批次',
  noLotsLead: '这家餐饮单位当时没有登记在场的批次。',
  presentLots: '在场批次',
  came: '进货',
  left: '用完或离开',
  howKnown: '依据',
  presence: { written: '账上有余量', assumed: '推定仍在' },
  lotsThen: '当时的批次',
  kitchensLink: '涉及的后厨与画面',
  why: '提请审核的原因',
  because: (cause: string, lot: string) => `${cause}：${lot}。这批货当时在这家后厨。`,
  holds: {
    title: '这里有正在召回的食品。',
    forDiners: '点开批次看该怎么做。',
    forOffice: '点开看批次、后厨和画面。',
    since: (day: string) => `${day} 到货`,
    sealed: '经营者已封存或下架',
    notSealed: '经营者还没有答复已封存',
  },
};
