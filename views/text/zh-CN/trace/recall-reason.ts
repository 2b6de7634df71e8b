// How grave a recall is and the reasons recalls often have, in Chinese.

export const recallReason = {
  presets: '常见原因，点一个填好下面几栏，再按实际改：',
  grade: '召回级别（选填）',
  gradeHint: '按《食品召回管理办法》：一级 24 小时内启动，二级 48 小时，三级 72 小时',
  noGrade: '未定级',
  grades: ['', '一级召回', '二级召回', '三级召回'] as readonly string[],
  names: {
    pathogen: '致病菌',
    allergen: '过敏原未标明',
    foreign: '异物',
    residue: '农兽药残留',
    additive: '添加剂超标',
    spoiled: '变质',
    source: '来源不明',
    label: '标签错误',
  },
  reasons: {
    pathogen: '检出致病菌（写明哪一种、哪份检验报告）',
    allergen: '含有标签没有写明的过敏原（写明哪一种）',
    foreign: '混有异物（写明是什么）',
    residue: '农药或兽药残留超过食品安全国家标准（写明项目和数值）',
    additive: '食品添加剂超量或超范围使用（写明项目和数值）',
    spoiled: '在保质期内变质或冷链中断',
    source: '来源不明，或没有检疫和检验合格证明',
    label: '标签或说明书有错误，不影响食用安全（写明错在哪里）',
  },
  advice: {
    pathogen: '不要食用，不要试尝。退回购买处；食用后发热、腹泻或呕吐请就医，并说明吃过什么。',
    allergen: '对这种成分过敏的人不要食用，退回购买处；出现皮疹或呼吸困难立即就医。',
    foreign: '不要食用，退回购买处；已经吃下并且不适的请就医。',
    residue: '不要食用，退回购买处。',
    additive: '不要食用，退回购买处。',
    spoiled: '不要食用，退回购买处；食用后不适请就医。',
    source: '不要食用，退回购买处。',
    label: '可以退回购买处；介意所写内容的人请不要食用。',
  },
};
