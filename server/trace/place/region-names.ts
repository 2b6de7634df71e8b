// Provinces and the countries that food comes from, in both languages, for origins that name one and no registered place.

/** Provinces are written without 省, 市 or 自治区. */
const regions: readonly (readonly [zh: string, en: string])[] = [
  ['北京', 'Beijing'],
  ['天津', 'Tianjin'],
  ['河北', 'Hebei'],
  ['山西', 'Shanxi'],
  ['内蒙古', 'Inner Mongolia'],
  ['辽宁', 'Liaoning'],
  ['吉林', 'Jilin'],
  ['黑龙江', 'Heilongjiang'],
  ['上海', 'Shanghai'],
  ['江苏', 'Jiangsu'],
  ['浙江', 'Zhejiang'],
  ['安徽', 'Anhui'],
  ['福建', 'Fujian'],
  ['江西', 'Jiangxi'],
  ['山东', 'Shandong'],
  ['河南', 'Henan'],
  ['湖北', 'Hubei'],
  ['湖南', 'Hunan'],
  ['广东', 'Guangdong'],
  ['广西', 'Guangxi'],
  ['海南', 'Hainan'],
  ['重庆', 'Chongqing'],
  ['四川', 'Sichuan'],
  ['贵州', 'Guizhou'],
  ['云南', 'Yunnan'],
  ['西藏', 'Tibet'],
  ['陕西', 'Shaanxi'],
  ['甘肃', 'Gansu'],
  ['青海', 'Qinghai'],
  ['宁夏', 'Ningxia'],
  ['新疆', 'Xinjiang'],
  ['台湾', 'Taiwan'],
  ['香港', 'Hong Kong'],
  ['澳门', 'Macao'],
  ['中国', 'China'],
  ['阿根廷', 'Argentina'],
  ['澳大利亚', 'Australia'],
  ['巴西', 'Brazil'],
  ['加拿大', 'Canada'],
  ['智利', 'Chile'],
  ['丹麦', 'Denmark'],
  ['厄瓜多尔', 'Ecuador'],
  ['法国', 'France'],
  ['德国', 'Germany'],
  ['印度', 'India'],
  ['印度尼西亚', 'Indonesia'],
  ['爱尔兰', 'Ireland'],
  ['意大利', 'Italy'],
  ['日本', 'Japan'],
  ['马来西亚', 'Malaysia'],
  ['荷兰', 'Netherlands'],
  ['新西兰', 'New Zealand'],
  ['挪威', 'Norway'],
  ['秘鲁', 'Peru'],
  ['俄罗斯', 'Russia'],
  ['韩国', 'South Korea'],
  ['西班牙', 'Spain'],
  ['泰国', 'Thailand'],
  ['乌克兰', 'Ukraine'],
  ['英国', 'United Kingdom'],
  ['美国', 'United States'],
  ['乌拉圭', 'Uruguay'],
  ['越南', 'Vietnam'],
];

const suffix = '(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?';
const inChinese = regions.map(([zh, en]) => [new RegExp(`^${zh}${suffix}$`), en] as const);
const inEnglish = new Map(regions.map(([zh, en]) => [en.toLowerCase(), zh]));

/** The region in the other language; undefined: it is no region's whole name. */
export function regionIn(lang: string, origin: string): string | undefined {
  const name = origin.trim();
  if (lang === 'en') return inChinese.find(([zh]) => zh.test(name))?.[1];
  return inEnglish.get(name.toLowerCase());
}
