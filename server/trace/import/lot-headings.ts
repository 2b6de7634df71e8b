// The names that ledgers really give their columns, in both languages: what each stands for, and which hold nothing we keep.

/** In the order a person fills them. A name is compared without blanks, brackets and marks, in small letters. */
export const lotHeadings = {
  code: listed(
    'code|trace code|traceability code|traceability lot code|tlc|lot code|qr|qr code',
    '追溯码|溯源码|溯源编码|追溯编码|批次码|追溯二维码|产品追溯码|食品追溯码|肉品追溯码|冷链追溯码|浙食链码',
    '浙冷链码|编码',
  ),
  gtin: listed(
    'gtin|gtin13|gtin14|ean|ean13|upc|barcode|bar code|item barcode|product barcode',
    '商品条码|条码|条形码|商品条形码|产品条码|产品条形码|国条|国际条码|69码|69条码|商品码',
  ),
  packGtin: listed(
    'case gtin|case barcode|carton barcode|outer barcode|outer gtin|itf14|itf-14|pack gtin',
    '外箱条码|箱码|外箱码|箱条码|外箱条形码|箱体条码|大包装条码|中包条码|外包装条码',
  ),
  lot: listed(
    'lot|lot no|lot number|lot nr|lotno|batch/lot|lot/batch',
    '批号|产品批号|商品批号|批号批次|生产批号|生产批号批次|产品批号批次|lot号|批号/批次',
  ),
  // The law asks for either (食品安全法第五十三条: 生产日期或者生产批号), and ledgers have one column for both.
  dayOrLot: listed(
    '生产日期或者生产批号|生产日期或生产批号|生产日期或批号|生产日期或者批号|生产日期/批号|生产日期/生产批号|生产日期批号|生产日期生产批号',
    '批号/生产日期|生产批号/生产日期|批号或生产日期|生产批号或生产日期|生产日期及批号|生产日期和批号|生产日期/批次|批次/生产日期',
    '生产日期或批次|生产日期（批号）|生产日期与批号|date or lot|production date or lot|production date/lot|lot/production date|production date / batch',
  ),
  origin: listed(
    'origin|place of origin|country of origin|grown in',
    '产地|来源|原产地|产地来源|来源地|产地来源地|原产国|原产国地区|生产地|产区|养殖基地|种植基地|基地|货源地',
  ),
  batch: listed(
    'batch|batch no|batch number|batch id',
    '批次|生产批次|批次号|生产批次号|产品批次|进货批次|加工批次|屠宰批次',
  ),
  product: listed(
    'product|product name|item|item name|goods|description|product description|commodity|name of goods|food',
    '品名|商品名称|名称|产品名称|产品|商品|食品名称|食品名|货品名称|货品|货名|品种|食材|食材名称|原料名称|原料',
    '原材料名称|菜名|物料名称|物品名称|商品名|产品名|品名规格|食品原料名称|食用农产品名称|采购品名',
    '食品添加剂名称|名称规格|名称/规格|品名/规格|产品名称/规格|商品名称/规格|产品名称规格|商品名称规格|品名及规格|名称及规格',
  ),
  variety: listed('variety|cultivar|breed', '品种名|品种名称|产品品种|品系|作物品种'),
  spec: listed(
    'spec|specification|size|pack size|grade|pack|model',
    '规格|规格型号|型号规格|包装规格|产品规格|商品规格|等级|净含量|规格等级|型号',
  ),
  quantity: listed(
    'quantity|qty|amount|count|pcs|pieces|packs|cases|boxes|units',
    '数量|件数|进货数量|采购数量|收货数量|发货数量|到货数量|购进数量|实收数量|箱数|个数|送货数量|配送数量',
    '数量/单位|进货量|实收|实际数量|入库数量|出库数量|到货量|采购量|销售数量|数量及单位',
  ),
  weight: listed(
    'weight|net weight|nett weight|weight kg|kg|kgs|total weight|net wt',
    '重量|净重|总重|总重量|公斤数|斤数|净重量|实重|收货重量|过磅重量|公斤|千克',
  ),
  packSize: listed(
    'weight per box|weight per case|weight per bag|weight per carton|weight per pack|weight per portion|box weight|case weight|bag weight|pack weight',
    '每箱重量|每袋重量|每盒重量|每包重量|每份重量|每桶重量|每筐重量|每箱净重|每袋净重|每箱公斤数|单箱重量|单袋重量',
    '单份重量|单箱净重|箱重|袋重|箱规|每箱数量|每箱含量|每份含量|每袋含量|每箱装量|箱入数|入数|装箱数|装箱数量|每箱个数',
    '件重|单件重量|每件重量|每件净重|每箱瓶数|每箱袋数|每箱盒数|units per case|pieces per case|pcs per case|qty per case|units per box|case size',
  ),
  unit: listed('unit|uom|unit of measure|units of measure', '单位|计量单位|数量单位|包装单位|销售单位|基本单位'),
  producedAt: listed(
    'produced|production date|date of production|made|mfg date|mfd|manufacture date|manufacturing date|date of manufacture|pack date|packing date',
    'slaughter date|harvest date|catch date',
    '生产日期|屠宰日期|制造日期|出厂日期|加工日期|采收日期|采摘日期|包装日期|分割日期|捕捞日期|出栏日期',
    '制作日期|产出日期|宰杀日期',
  ),
  expiresAt: listed(
    'expires|expiry|expiry date|expiration date|exp|exp date|use by|use by date|best before|best before date|bbd|bb date|sell by',
    '保质期至|到期日|到期日期|有效期至|失效日期|截止日期|保质期到|有效期截止|保质截止日期|保质期截止日',
    '有效日期|有效日|到期时间|失效日|保质到期日|可食用至|此日期前食用|最佳食用日期|过期日期|保质期限至|赏味期限',
  ),
  shelfLife: listed('shelf life|shelf-life', '保质期|有效期|保质期限|保质天数|保质期天数|有效期限|保存期'),
  maker: listed(
    'maker|producer|manufacturer|grower|packer|brand owner|made by',
    '生产厂家|生产商|厂家|生产企业|生产单位|制造商|生产者|屠宰场|屠宰厂|屠宰企业|加工企业|生产企业名称|厂商',
    '生产厂商|养殖场|种植户',
  ),
  from: listed(
    'from|shipper|supplier|supplier name|vendor|seller|ship from|sender|consignor|purchased from',
    '发货方|供货商|供应商|供货者|供货单位|供应商名称|供货商名称|供货者名称|供货单位名称|发货单位|来货单位',
    '进货单位|进货渠道|进货来源|供货方|供方|供货企业|销售方|卖方|采购来源|送货单位|供货人|发货人|供应单位',
    '配送单位|批发商|供货者姓名名称|供应商供货单位',
  ),
  fromAddress: listed(
    'supplier address|vendor address',
    '地址|供货地址|供货者地址|供货商地址|供应商地址|供货单位地址|供货方地址|发货地址',
  ),
  fromPhone: listed(
    'supplier phone|supplier contact|supplier tel|vendor phone|phone|telephone|tel|contact',
    '供货者联系方式|供货商电话|供应商电话|供货者电话|供货单位电话|供货商联系方式|供应商联系方式|供货方电话',
    '供货单位联系方式|联系方式|联系电话|电话|供货者联系电话|供货商联系电话|供应商联系电话|手机|手机号',
  ),
  to: listed(
    'to|receiver|customer|customer name|buyer|ship to|consignee|recipient|delivered to|sold to',
    '收货方|购货方|收货单位|客户|客户名称|购货单位|购货者|购货者名称|收货人|买方|需方|购买方|下游客户|销售去向',
    '去向|流向|送达单位|门店|收货门店|配送门店|销售对象',
  ),
  at: listed(
    'at|date|time|ship date|delivery date|receiving date|received|received date|purchase date|date received|sale date',
    '时间|日期|发货时间|发货日期|进货日期|进货时间|购进日期|采购日期|收货日期|收货时间|到货日期|到货时间',
    '送货日期|销售日期|销售时间|入库日期|入库时间|出库日期|交货日期|配送日期|验收日期|登记日期',
  ),
  quarantine: listed(
    'quarantine certificate|quarantine certificate no|animal quarantine certificate|health certificate|phytosanitary certificate',
    '检疫证号|动物检疫合格证明|动物检疫合格证明编号|动物检疫证号|检疫证|检疫证编号|检疫合格证号|动检证号',
    '动物检疫证|检疫票号|检疫合格证明编号|检疫证明|检疫证明编号|动检证',
  ),
  quality: listed(
    'quality certificate|quality certificate no|certificate of quality|coa|meat quality certificate',
    '品质证号|肉品品质检验合格证|肉品品质检验合格证号|肉品品质检验合格证编号|品质检验证号|肉检证号',
    '品质检验合格证号|肉品合格证号|品质合格证号',
  ),
} as const satisfies Record<string, readonly string[]>;

export type LotColumn = keyof typeof lotHeadings;

/** What a row says, as text. */
export type LotCells = Readonly<Partial<Record<LotColumn, string>>>;

/** Columns that ledgers have and lots do not keep: said to be left out, and no reason to stop. */
export const idleHeadings: readonly string[] = listed(
  'no|no.|nr|#|sn|serial no|index|row|remark|remarks|note|notes|comment|comments|price|unit price|total|total price|subtotal|tax|currency|signature|signed',
  'checked by|received by|inspector|buyer signature|invoice|invoice no|po|po number|order no|delivery note|序号|行号|备注|说明|附注|单价',
  '金额|总价|总金额|合计|小计|税额|税率|含税单价|含税金额|成本|售价|零售价|签名|签字|签收人|签收|验收人',
  '验收人签字|验收员|收货人签字|经手人|采购人|采购员|审核人|审核|制表人|制表|记录人|登记人|填表人|负责人',
  '送货人|司机|车牌号|车号|票据号|发票号|发票号码|单号|单据号|订单号|送货单号|凭证号|验收结果|验收情况|感官',
  '感官检查|外观|是否合格|合格证|索证索票|索证情况|票证|处理情况|付款方式|结算方式|库存|库位|仓库|货架号',
  '货号|sku|索证|索票|查验人|查验结果|类别|分类|商品分类|大类|食品类别|品牌|商标|温度|车厢温度|到货温度|中心温度|许可证号|营业执照号',
  '统一社会信用代码|生产许可证号|食品生产许可证编号|检验报告编号|检测报告编号|检测结果|快检结果',
);

/** Numbers and codes, of which a spreadsheet may not change a digit. */
export const codeColumns: ReadonlySet<LotColumn> = new Set([
  ...['code', 'gtin', 'packGtin', 'lot', 'batch', 'quarantine', 'quality'],
] as const);

/** Names of amounts that say their unit themselves. */
export const unitsInHeadings: Readonly<Record<string, string>> = {
  kg: 'kg',
  kgs: 'kg',
  'weight kg': 'kg',
  公斤: 'kg',
  千克: 'kg',
  公斤数: 'kg',
  斤数: '斤',
  箱数: '箱',
  cases: 'case',
  boxes: 'box',
  个数: '个',
};

/** Names parted by bars, so that a long list stays a few lines. */
function listed(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split('|'));
}
