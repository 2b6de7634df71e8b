// Says a finding in words: its kind chooses the sentence, its numbers fill it.
import { formatDate, formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { amountWithMark, type PlaceName, placeName, unitMark } from '../parts.tsx';

export type FindingSaid = {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly place: PlaceName | null;
};

/** The place and the sentence; a kind this page does not know says nothing but its place. */
export function findingLine(words: Texts, finding: FindingSaid): string {
  const place = finding.place === null ? '' : placeName(words, finding.place);
  return [place, findingSaid(words, finding)].filter((part) => part !== '').join(' · ');
}

export function findingSaid(words: Texts, { kind, values }: Pick<FindingSaid, 'kind' | 'values'>): string {
  const { said } = words.trace.findingTexts;
  const number = (name: string) => Number(values[name] ?? 0);
  const unit = values['unit'] === 'C62' || values['unit'] == null ? null : String(values['unit']);
  const quantity = (name: string) =>
    values[name] == null ? words.common.unknown : amountWithMark(words, Math.abs(number(name)), unit);
  const date = () => formatDate(number('expiresAt'));
  const sentences: Readonly<Record<string, () => string>> = {
    negative: () => said.negative(quantity('received'), quantity('left'), quantity('lowest')),
    differ: () => (number('difference') < 0 ? said.lessReceived : said.moreReceived)(quantity('difference')),
    unscanned: () => (values['missing'] === 'receipt' ? said.noReceipt : said.noShipment)(quantity('amount')),
    gain: () => said.gain(quantity('amountIn'), quantity('amountOut')),
    loss: () =>
      said.loss(
        quantity('amountIn'),
        quantity('amountOut'),
        percent(1 - number('amountOut') / number('amountIn')),
        percent(number('allowed')),
      ),
    transit: () => said.transit(quantity('amount')),
    unit: () => said.unit(unitMark(words, unit)),
    early: () => said.early(formatNumber(number('hours'), 1), number('times')),
    recount: () => said.recount(quantity('books'), quantity('found')),
    uncoded: () => said.uncoded(String(values['code'] ?? '')),
    excursion: () => said.excursion(number('times'), number('minutes'), formatNumber(number('worstC'), 1)),
    expiring: () => said.expiring(quantity('onHand'), date()),
    expired: () => said.expired(quantity('onHand'), date()),
    expired_received: () => said.expiredReceived(quantity('amount'), date()),
    foreign: () => said.foreign(words.trace.steps[String(values['step'])] ?? String(values['step'] ?? '')),
    day_missed: () => said.dayMissed(number('days'), number('weeks'), number('months')),
    unregistered_source: () => said.unregisteredSource(String(values['name'] ?? '')),
    trade_mismatch: () => {
      const sums = { goods: number('goods'), invoice: number('invoiced'), payment: number('paid') };
      const [first, second] = String(values['pair'] ?? '').split('_') as (keyof typeof sums)[];
      if (first === undefined || second === undefined) return '';
      const yuan = (side: keyof typeof sums) => formatNumber(sums[side] / 100, 2);
      const { tradeSides } = said;
      return said.tradeMismatch(number('order'), tradeSides[first], yuan(first), tradeSides[second], yuan(second));
    },
    expired_served: () => said.expiredServed(quantity('amount'), date()),
  };
  return sentences[kind]?.() ?? '';
}

function percent(share: number): string {
  return formatNumber(share * 100, 0);
}
