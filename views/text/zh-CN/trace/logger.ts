// What people read when they attach a temperature logger's file to a shipment, in Chinese.

type Said = Readonly<Record<string, (shown: string) => string>>;

const said: Said = {
  not_a_time: (shown) => `“${shown}”不是时间。`,
  ambiguous_day: (shown) => `“${shown}”的年月日顺序看不出来：在下面选。`,
  no_value: (shown) => (shown === '' ? '这一行没有温度，不计。' : `“${shown}”不是温度，这一行不计。`),
  no_time: (shown) => (shown === '' ? '这一行有温度，却没有时间，不计。' : `“${shown}”不是时间，这一行的温度不计。`),
  cut_number: (shown) => `表格外多出了“${shown}”：小数逗号把数字切成了两段。请用小数点导出，或用分号分隔各列。`,
  no_humidity: (shown) => `“${shown}”不是湿度，不计。`,
  implausible: (shown) => `${shown} 不像运输中的温度，不计。`,
  unit_unsaid: () => '文件没有写单位：按 °C 读。',
  other_time: (shown) => `没有一条落在发货到收货之间：第一条是 ${shown}。文件和这次发货对不上。`,
  outside: (shown) => `第 ${shown} 行里有在发货前或收货后的读数，不计。`,
  twice: (shown) => `同一时刻另有读数，这一条（${shown}）不计。`,
  gap: (shown) => `这一行之前有 ${shown} 分钟没有记录。`,
  left_out: (shown) => `“${shown}”这一列不保存。`,
  no_readings: () => '没有一行同时有时间和温度。',
};

export const logger = {
  title: '附上温度记录',
  attachThis: '附温度记录',
  andMore: (count: number) => `等，另有 ${count} 批`,
  way: (from: string, to: string) => `${from} → ${to}`,
  time: (from: string, until: string | null) => (until === null ? `${from} 起，还没有收货记录` : `${from} 至 ${until}`),
  file: '记录仪导出的文件',
  fileHint: 'CSV、文本或 .xlsx。精创、泽大、龙邦、路格、Testo、HOBO、Sensitech 等常见记录仪的格式都能读。',
  order: '日期的顺序',
  orders: { ymd: '年-月-日', dmy: '日-月-年', mdy: '月-日-年' },
  takeDoubts: '存疑的行已经看过，按上面说的处理（请再选一次文件）',
  attach: '附上',
  done: (count: number) => `已附上 ${count} 条读数，记在这批货名下。`,
  known: '这个文件早已附上，没有重复记。',
  read: (count: number) => `读到 ${count} 条属于这次运输的读数`,
  range: (low: string, high: string) => `最低 ${low} °C，最高 ${high} °C`,
  cell: '位置',
  told: '说明',
  levels: { fault: '有误', doubt: '存疑', note: '提示' },
  said,
};
