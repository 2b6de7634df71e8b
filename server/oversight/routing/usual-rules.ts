// The rules a new server begins with: desks of a market regulator, and the words people use.

export const usualRules = `
应急处置组 | Emergency desk | inspector | at_once | illness | 呕吐 拉肚子 腹泻 发烧 发热 头晕 中毒 住院 急诊 过敏 昏迷 抽搐 便血 集体 多人不适 vomit diarrhoea diarrhea poison hospital fever allerg
校园食品科 | School canteens | inspector | at_once | | 学校 食堂 幼儿园 小学 中学 学生餐 配餐 校园 托管 school kindergarten canteen
检验与召回组 | Tests and recalls | inspector | at_once | | 召回 瘦肉精 农残 兽药 孔雀石绿 甲醛 吊白块 罂粟 地沟油 三聚氰胺 苏丹红 病死猪 注水肉 recall clenbuterol formalin
特殊食品科 | Special foods | inspector | day | | 奶粉 婴幼儿 保健品 保健食品 医用食品 蓝帽子 infant formula supplement
网络餐饮科 | Online catering | shop | day | | 外卖 骑手 美团 饿了么 平台 无堂食 幽灵店 封签 delivery takeaway takeout
餐饮监管科 | Catering desk | shop | day | hygiene foreign | 后厨 厨房 服务员 餐具 消毒 老鼠 蟑螂 苍蝇 头发 钢丝 玻璃 异物 虫 没戴口罩 抽烟 垃圾桶 油烟 隔夜 剩菜 火锅 餐馆 饭店 kitchen cockroach rat hair waiter
食品流通科 | Food retail | shop | day | spoiled expired | 超市 便利店 菜市场 冷库 保质期 过期 临期 发霉 变质 发臭 酸味 胀包 漏气 解冻 shop supermarket mould mold rotten expired
食品生产科 | Food production | inspector | day | | 厂家 作坊 加工厂 三无 生产日期 出厂 小作坊 factory workshop
广告与标签组 | Labels and advertising | shop | routine | label | 标签 配料表 虚假宣传 夸大 假冒 商标 仿冒 产地不符 营养成分 label advert fake ingredient
价格监督科 | Prices | shop | routine | | 乱收费 多收 价格 涨价 未明码标价 强制消费 开瓶费 餐位费 overcharge price bill
计量科 | Weights and measures | shop | routine | | 缺斤少两 短斤 电子秤 秤 分量不足 weight scale
登记许可科 | Licences | inspector | routine | | 无证 执照 许可证 未公示 转让证 licence license permit
消费维权科 | Consumer rights | shop | routine | | 退款 赔偿 预付卡 办卡 不退 发票 态度差 refund compensation invoice
综合受理组 | General intake | inspector | routine | other |
`.trim();
