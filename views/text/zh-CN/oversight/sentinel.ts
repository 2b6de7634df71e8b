// The sentinel, in Chinese.

export const sentinel = {
  title: '预警哨兵',
  lead: (days: number) =>
    `每个序列都和自己过去八周比较，用控制图判断。一切正常时，全部序列合计平均 ${days} 天最多误报一次。`,
  quiet: '没有异常',
  quietLead: '各项数量都在自身历史的正常范围内。',
  kinds: { flag: '疑似违规', complaint: '投诉举报', breach: '断链（超温）', test: '检验不合格', blind: '摄像头失明' },
  scopes: { city: '全市', district: '辖区', kitchen: '餐饮单位' },
  why: (window: number, day: string, count: number, expected: string) =>
    window === 1
      ? `${day} 一天 ${count} 次，按过去八周应为 ${expected} 次。`
      : `到 ${day} 的 7 天共 ${count} 次，按过去八周应为 ${expected} 次。`,
  chance: (limit: number, oneIn: string) => `控制限 ${limit} 次。没有变化时出现这么多的可能性约为 1/${oneIn}。`,
  chart: '每天次数',
  day: '日期',
  limit: '控制限',
  toKitchen: '看这家单位',
  explain: '原因（写明后不再提醒）',
  explainGo: '已查明',
  unsaid: '先写上原因。',
  explained: '已查明的',
};
