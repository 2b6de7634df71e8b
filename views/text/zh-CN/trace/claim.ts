// Words of what others say of one's places, in Chinese.

export const claims = {
  title: '他方申报',
  ownLead: '别的单位替本单位地点报的事。确认之前，它不进入台账和追溯链。',
  overseeLead: '有人申报了不属于自己的地点上的事。地点本人确认，或核实后采纳，它才进入台账和追溯链。',
  emptyTitle: '没有待确认的申报',
  emptyLead: '别的单位替这些地点报的事会列在这里。',
  madeTitle: '我申报的他方事项',
  madeLead: '这些申报的事发生在不属于本单位的地点，对方或检查员确认后才生效。',
  what: '申报的事',
  by: '申报人',
  program: '系统',
  decide: '确认或否认',
  confirm: '属实',
  accept: '采纳',
  deny: '否认',
  confirmed: '已确认，计入台账和追溯链。',
  denied: '已否认，不计入台账；原始申报仍保留。',
  states: {
    open: '待确认',
    confirmed: '对方已确认',
    accepted: '检查员已采纳',
    denied: '已被否认',
    withdrawn: '已撤回',
  },
};
