// What the sample recall says to holders and diners, and what the dealers among them answered.
import type { PlaceName } from './places.ts';

export const recallWords = {
  reason: '抽检发现恩诺沙星残留超标',
  reasonEn: 'Enrofloxacin residue over the limit in a random test',
  advice: '不要食用。已购买的，退回购买处或联系商家。',
  adviceEn: 'Do not eat it. Take it back to where it was bought, or call the shop.',
};

export const holderAnswers = [
  { place: 'wangji', action: 'quarantined', quantity: 42, note: '已单独封存，贴封条' },
  { place: 'beian', action: 'destroyed', quantity: 2.8, note: '无害化处理' },
  { place: 'abattoir', action: 'quarantined', quantity: 0.1, note: '留样' },
] as const satisfies readonly {
  place: PlaceName;
  action: 'quarantined' | 'destroyed';
  quantity: number;
  note: string;
}[];
