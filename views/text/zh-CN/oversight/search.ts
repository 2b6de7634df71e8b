// Words of the search that every page has, in Chinese.

export const search = {
  title: '查找',
  open: '查找批次、场所和码',
  hint: '追溯码、批号、产品、场所或餐饮单位的名称，写一部分即可。按 / 可在任何页面打开。',
  publicHint: '包装或菜品上的追溯码，或餐饮单位的名称。',
  unsure: '有几种读法，打开选定',
  named: { place: '场所码', called: '场所', product: '产品码', container: '箱码' },
  groups: {
    code: '这个码',
    lots: '批次',
    kitchens: '餐饮单位',
    places: '场所',
    people: '人员',
    pages: '页面',
  },
  noneTitle: (text: string) => `没有找到“${text}”`,
  none: '少写几个字再试；追溯码也可以扫描或粘贴。',
  publicNone: '核对码上的每个字符，或少写几个字再试。要看更多，请先登录。',
};
