// Traditional characters of headings, units and labels as the simplified ones: sheets come from Hong Kong, Macau and Taiwan too.

const traditional =
  '號碼條產品單數據庫貨稱規格級類別製造廠營業務許證書檢驗疫質優價額總計備註記錄時間發進購銷採收運輸送達溫濕區縣鄉鎮來聯繫電話個條塊顆雙對盤噸兩擔斤籃簍壺罈聽縫線紙編織筆雞鴨魚蝦豬羊頭隻匹顧戶門員簽應淨實稅訂負責處說帳種養場撈買賣倉車內點鮮凍國際裝過賞圖關於屬農漁飼藥歲';
const simple =
  '号码条产品单数据库货称规格级类别制造厂营业务许证书检验疫质优价额总计备注记录时间发进购销采收运输送达温湿区县乡镇来联系电话个条块颗双对盘吨两担斤篮篓壶坛听缝线纸编织笔鸡鸭鱼虾猪羊头只匹顾户门员签应净实税订负责处说帐种养场捞买卖仓车内点鲜冻国际装过赏图关于属农渔饲药岁';

const simpleOf = new Map([...traditional].map((letter, at) => [letter, [...simple][at] ?? letter]));

/** `批號` → 批号. Only the characters above: this is for names we know, never for what is kept. */
export function simplified(text: string): string {
  return [...text].map((letter) => simpleOf.get(letter) ?? letter).join('');
}
