// The usual points of a visit to a catering business: version 1 of the check list, until a city writes its own.
import type { CheckItem } from './visit.ts';

const item = (id: string, name: string, nameEn: string): CheckItem => ({ id, name, nameEn, critical: false });
const critical = (id: string, name: string, nameEn: string): CheckItem => ({ id, name, nameEn, critical: true });

/** After the points of the national rule for food service operators (餐饮服务食品安全操作规范, 2018), in the order one walks. */
export const defaultCheckList: readonly CheckItem[] = [
  critical('licence', '许可证有效，公示在显眼处，经营项目相符', 'Licence valid, on display, and covers what is done'),
  item('officer', '有食品安全员，自查记录齐全', 'A food-safety officer, and the self-checks are kept'),
  item('health', '从业人员健康证明在有效期内', 'Health certificates of the staff are valid'),
  item('clothes', '工作服、帽、口罩穿戴整齐，手部清洁', 'Clothes, hats and masks worn; hands clean'),
  critical('source', '进货查验记录和票证齐全，来源可溯', 'Purchases checked and recorded; every source known'),
  critical('expired', '没有过期、变质或来源不明的食品', 'Nothing expired, spoiled or of unknown source'),
  item('store', '食品离地离墙、分类存放，标识清楚', 'Food stored off floor and wall, apart, and labelled'),
  item('cold', '冷藏、冷冻温度符合要求并有记录', 'Chilled and frozen at the right temperature, recorded'),
  critical('raw', '生熟分开，刀具、砧板、容器不混用', 'Raw and cooked apart; no shared knives, boards, boxes'),
  item('additive', '食品添加剂专人专柜管理，称量有记录', 'Additives locked up, weighed and recorded'),
  item('wash', '餐饮具清洗消毒并保洁存放', 'Dishes washed, disinfected and kept clean'),
  critical('pest', '没有鼠、蟑螂等虫害，防护设施完好', 'No rats or cockroaches; barriers are whole'),
  item('waste', '垃圾桶加盖，废弃油脂和餐厨垃圾有去向记录', 'Bins covered; waste oil and food waste accounted for'),
  item('sample', '需要留样的按要求留样 48 小时', 'Samples kept for 48 hours where they must be'),
  item('camera', '明厨亮灶画面清晰，能看到加工区', 'The kitchen camera is clear and shows where food is made'),
  item('code', '门口有追溯码，能扫开', 'The traceability code hangs at the door and opens'),
];
