// Words of connecting a camera, in Chinese: makers, finding, what a test tells of the stream.
const seconds = (ms: number) => `${Math.round(ms / 100) / 10} 秒`;

export const wizard = {
  wizard: {
    addressTitle: '粘贴视频地址',
    makerTitle: '或者按品牌填写',
    makerLead: '不知道地址时，选品牌、填摄像头的 IP，地址自动生成。',
    maker: '品牌',
    noMaker: '自己填写地址',
    makers: {
      hikvision: '海康威视',
      dahua: '大华',
      ezviz: '萤石',
      tplink: 'TP-LINK',
      uniview: '宇视',
      xiongmai: '雄迈',
      onvif: '其他（ONVIF）',
    },
    host: '摄像头 IP',
    hostHint: '例如 192.168.1.64；端口不是默认值时写在后面，例如 192.168.1.64:8554。',
    channel: '通道',
    channelHint: '单台摄像头填 1；录像机填通道号。',
    stream: '码流',
    streams: { main: '主码流', sub: '子码流' },
    streamHint: '主码流更清楚；网络慢时用子码流。',
    upTo: (count: number) => `正在连接，最多 ${count} 秒…`,
    cancel: '取消',
    codec: '编码',
    codecs: { H264: 'H.264', H265: 'H.265', HEVC: 'H.265', JPEG: 'MJPEG', MP2T: 'MPEG-TS' } as Readonly<
      Record<string, string>
    >,
    size: '画面',
    rate: '帧率',
    rateText: (rate: number) => `每秒 ${rate} 帧`,
    keyframes: '关键帧间隔',
    keyframeText: (ms: number) => seconds(ms),
    keyframeOver: (ms: number) => `超过 ${seconds(ms)}`,
    clock: '时钟',
    clockRight: '与服务器一致',
    clockAhead: (span: string) => `快 ${span}`,
    clockBehind: (span: string) => `慢 ${span}`,
    clockWrong: (said: string) => `摄像头时钟${said}`,
    span: (ms: number) => {
      const count = Math.round(ms / 1000);
      if (count < 120) return `${count} 秒`;
      if (count < 7200) return `${Math.round(count / 60)} 分钟`;
      return count < 172_800 ? `${Math.round(count / 3600)} 小时` : `${Math.round(count / 86_400)} 天`;
    },
    taken: '取的码流',
    unknown: '看不出',
    heads: '看得清人头',
    headsText: (metres: number) => `约 ${metres} 米以内`,
    seenLine: (metres: number, px: number, mask: string, hat: string, smoking: string) =>
      `${metres} 米处人头约 ${px} 像素：口罩${mask}，工帽${hat}，吸烟${smoking}`,
    seenAnswers: { mostly: '大多看得出', partly: '只看得出一部分', no: '看不出' },
    seenWhy:
      '“大多”指在没参加训练的照片里，这么大时找到四分之三以上；“一部分”指一半以上。照片比监控清晰：画面压得厉害时要再近一些。',
    headsWhy: '人头宽约 0.16 米，镜头视角按 90° 算，占 32 像素时的距离 = 画面宽 × 0.16 ÷（2 × 32 × tan 45°）。',
    period: {
      title: '时段',
      hint: '做饭、备餐间歇和夜间可以各有抽帧间隔和不看的项目；留空则全天按摄像头自己的间隔。',
      kinds: { cooking: '做饭', idle: '间歇', night: '夜间' },
      every: '间隔（秒）',
      off: (count: number) => (count === 0 ? '此时段不看的项目：无' : `此时段不看的项目：${count} 项`),
    },
    going: {
      title: '按上面的天数，下次清理会删除的画面（不可恢复；何时删了什么写入存证日志）',
      name: '类别',
      names: { cleared: '误报与抽查', confirmed: '属实', answer: '整改照片' },
      pictures: '张数',
      space: '腾出空间',
      held: '因整改、申诉、召回未完而保留',
      look: '先看会删什么',
    },
    find: {
      title: '查找摄像头',
      lead: '在允许摄像头使用的网段里逐个询问（ONVIF），约 5 秒。其他网段不问。',
      noNetworks: '还没有对摄像头开放的网段。',
      toSettings: '去设置网段',
      networks: (list: string) => `网段：${list}`,
      button: '开始查找',
      found: (count: number, asked: number) => `问了 ${asked} 个地址，找到 ${count} 台`,
      cut: (list: string) => `这些网段太大或是 IPv6，没有问全：${list}`,
      none: '没有摄像头回答。确认摄像头已打开 ONVIF，且服务器能到达这个网段。',
      add: '添加',
      known: '已登记：',
    },
    warnings: {
      seldom: '关键帧间隔超过 5 秒，画面会迟到：在摄像头里把关键帧间隔（GOP）设到 2 秒。',
      smart: '间隔这样长，多半开了 H.264+ 或 H.265+（智能编码），请关掉。',
      sub_better: '画面比用得着的大，费流量也费机器：改用子码流，或把分辨率降到 1080P。',
      small: '画面太小，远处的人头看不清：改用主码流，或把摄像头装近一些。',
      clock: '摄像头的时钟不准，画面上的时间会被质疑：在摄像头里打开网络校时（NTP）。',
    },
  },
};
