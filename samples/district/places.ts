// The places of the sample district: made up, in both languages, from farm to table.
import { type Place, place } from './place.ts';
import { shops } from './shops.ts';

export const places = {
  hefeng: place(1, 'farm', '禾丰养殖场', 'Hefeng Pig Farm', '云溪县禾丰村 12 号', '12 Hefeng Village, Yunxi'),
  yunling: place(2, 'farm', '云岭牧业', 'Yunling Livestock', '云溪县云岭镇 3 号', '3 Yunling Town, Yunxi'),
  qingyuan: place(3, 'farm', '青原牧场', 'Qingyuan Ranch', '青原县草场路 1 号', '1 Grassland Road, Qingyuan'),
  costaAzul: place(
    4,
    'farm',
    '厄瓜多尔蓝岸养殖场',
    'Costa Azul Shrimp Farm, Ecuador',
    '厄瓜多尔瓜亚斯省',
    'Guayas Province, Ecuador',
  ),
  abattoir: place(
    10,
    'slaughterhouse',
    '云溪联合屠宰厂',
    'Yunxi Joint Abattoir',
    '云溪县工业路 88 号',
    '88 Industry Road, Yunxi',
  ),
  packer: place(
    11,
    'distributor',
    '蓝岸冷冻加工厂',
    'Costa Azul Freezing Plant, Ecuador',
    '厄瓜多尔瓜亚基尔港',
    'Port of Guayaquil, Ecuador',
  ),
  port: place(
    12,
    'importer',
    '北港进口冷库',
    'Beigang Import Cold Store',
    '北岸区北港路 6 号',
    '6 Beigang Road, Bei’an',
  ),
  wangji: place(
    20,
    'wholesaler',
    '王记鲜肉',
    'Wang’s Fresh Meat',
    '江北区农批市场 A17',
    'A17 Wholesale Market, Jiangbei',
  ),
  beian: place(
    21,
    'distributor',
    '北岸冷链配送中心',
    'Bei’an Cold-Chain Centre',
    '北岸区物流园 2 号',
    '2 Logistics Park, Bei’an',
  ),
  central: place(30, 'kitchen', '三味中央厨房', 'Sanwei Central Kitchen', '北岸区食品园 9 号', '9 Food Park, Bei’an'),
  dingxiang: place(
    40,
    'restaurant',
    '鼎香小馆（荷塘路店）',
    'Dingxiang Bistro, Hetang Road',
    '临江区荷塘路 21 号',
    '21 Hetang Road, Linjiang',
  ),
  laojiefang: place(
    41,
    'restaurant',
    '老街坊面馆',
    'Old Neighbours Noodles',
    '临江区望江巷 5 号',
    '5 Wangjiang Lane, Linjiang',
  ),
  sanwei: place(
    42,
    'restaurant',
    '三味食堂（望江店）',
    'Sanwei Canteen, Wangjiang',
    '临江区望江路 77 号',
    '77 Wangjiang Road, Linjiang',
  ),
  ...shops,
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof places;
