// Rows of a table that are no lots: totals, signatures, notes under the table, and headings printed again on each page.
import type { Cell } from '../sheet/cell.ts';
import { headingName } from '../sheet/heading-name.ts';
import type { MappedHeading } from './heading-map.ts';

const totals = /^(合计|总计|小计|本页合计|本页小计|累计|共计|total|totals|sum|subtotal|grandtotal)$/;
const signed =
  /^(制表|制表人|审核|审核人|填表|填表人|填报人|经办|经办人|负责人|验收人|记录人|采购员|单位盖章|盖章|签字|备注|说明|注|填表说明|preparedby|checkedby|approvedby|notes?)[:：]/;

export function isNoLot(cells: readonly Cell[], headings: readonly MappedHeading[]): boolean {
  const texts = cells.map(({ text }) => text);
  const first = texts.find((text) => text !== '' && !/^\d{1,5}$/.test(text)) ?? '';
  const plain = first.replace(/\s+/g, '').toLowerCase();
  if (totals.test(headingName(first).plain) || signed.test(plain)) return true;
  const repeated = headings.filter(({ column, name }) => texts[column] === name);
  return repeated.length >= 2 && repeated.length === headings.length;
}
