// A buyer's suppliers: how complete their data are, and asking for the rest, in Chinese.

export const trade = {
  title: '供应商资料',
  lead: '近 90 天收到的货，关键信息缺了哪些；点一下，请供应商补充。',
  empty: '近 90 天没有收货',
  emptyLead: '扫码收货之后，这里按供应商和产品列出资料是否齐全。',
  supplier: '供应商',
  phone: '电话',
  unnamed: '没有写明',
  product: '产品',
  lots: '批次',
  share: '齐全度',
  missing: '缺少（批）',
  whole: '齐全',
  act: '操作',
  ask: '请供应商补充',
  asked: '已通知供应商。',
  nobody: '这家供应商还没有账号，收不到通知；请打电话，并请其登记。',
  keyData: {
    quantity: '数量',
    batch: '批号',
    origin: '产地',
    producedAt: '生产日期',
    expiresAt: '保质期',
    certificate: '合格证明',
  },
  askTitle: (product: string) => `请补充“${product}”的追溯信息`,
  askBody: (buyer: string, product: string, what: string) =>
    `${buyer}收到的“${product}”缺少：${what}。请在批次页补充，下次发货时一并提供。`,
};
