// Words of lookouts, in Chinese: what is watched for over time in a zone of a camera.
export const lookout = {
  title: '定点值守',
  heading: '值守',
  lead: '在画面上画出一块区域，系统一直替你看着：谁进了不该进的地方，持续多久，都作为疑似违规交给审核员判定。',
  toRules: '区域与规则、改动记录',
  saved: '已保存，从下一张画面开始值守',
  looks: (seconds: number) =>
    `这台摄像头每 ${seconds} 秒看一张；两张之间发生的事看不到。有动静时会看得更勤。摄像头断线、被遮挡或挪动时不下结论，也不算“没有人”。`,
  none: '还没有值守。',
  add: (rule: string) => `添加：${rule}`,
  setByHouse: '由管理员设定，要改请联系管理员。',
  standings: {
    new: '还没有看过画面，等下一张。',
    watching: '值守中，没有异常。',
    holds: '此刻有情况，正在计时或已经报出。',
    displaced: '摄像头挪动过，这块区域对不上了：暂停值守。请把摄像头摆回原位，或重新画区域。',
  },
  times: { always: '全天', open: '营业时', closed: '非营业时', between: '指定时段' },
  from: '从',
  to: '到',
  leastPx: '最小尺寸（像素）',
  hold: '持续（秒）',
  again: '再次提示间隔（分钟）',
  removeHint: '清空名称和角点即删除。',
  rules: {
    person: {
      name: '有人闯入',
      says: '禁入区域、禁入时段内看到人就报出，例如打烊后的厨房、仓库门口。只看有没有人，不认是谁。',
      doubt: '只露出一只手、全身被挡住或离得太远的人看不到；看不清时不报。',
      sizeHint: '最小尺寸按人的身体宽度计；头部按身体的五分之二折算。',
    },
  },
  faults: {
    zone_name: '给这块区域起个名称，最多 40 字。',
    zone_points: '至少三个角点，每个是 0–100 的两个数，如 10 20, 60 20, 60 80。',
    leastPx: '写 6–2000 的整数。',
    hold: '写 0–3600 的整数。',
    again: '写 1–1440 的整数。',
    hours: '写两个不同的时刻，如 22:00 和 05:00。',
    too_many: '一台摄像头最多八处值守：先删去一处。',
  } as Readonly<Record<string, string>>,
};
