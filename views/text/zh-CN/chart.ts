// Words that every chart shares, in Chinese.
export const chart = {
  asTable: '看数字',
  value: '数值',
  inAll: '合计',
  none: '无数据',
  nothing: '还没有数据。',
  seconds: (number: string) => `${number} 秒`,
  points: (number: string) => `${number} 分`,
  withInterval: (value: string, low: string, high: string) => `${value}（${low}–${high}）`,
  pair: (name: string, value: string) => `${name} ${value}`,
  titled: (title: string, said: string) => `${title}：${said}`,
  list: (parts: readonly string[]) => parts.join('；'),
  fromTo: (from: string, to: string) => `从 ${from} 到 ${to}`,
  csv: '下载 CSV',
};
