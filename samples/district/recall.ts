// What the sample recall says to holders and diners.

export const recallWords = {
  reason: '抽检发现恩诺沙星残留超标',
  reasonEn: 'Enrofloxacin residue over the limit in a random test',
  advice: '不要食用。已购买的，退回购买处或联系商家。',
  adviceEn: 'Do not eat it. Take it back to where it was bought, or call the shop.',
};
