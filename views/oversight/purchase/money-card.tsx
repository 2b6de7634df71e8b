// Goods, invoices and payments of an order beside each other, what does not agree, and a form to note one.
import { Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { DecimalInput } from '../../trace/amount-fields.tsx';
import { yuanSaid } from './order-parts.tsx';
import type { MoneyView } from './order-view.ts';

type Props = {
  words: Texts;
  order: number;
  money: MoneyView;
  values: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
};

export function MoneyCard(props: Props) {
  const { words, order, money, faults } = props;
  const text = words.purchase;
  const { goods, invoiced, paid } = money.sums;
  const sums = [
    [text.goodsWorth, goods],
    [text.invoiced, invoiced],
    [text.paid, paid],
  ] as const;
  const isNoted = faults.some(({ place }) => place === '/reference' || place === '/amount');
  return (
    <details class="card" open={isNoted || money.mismatches.length > 0}>
      <summary>{text.money}</summary>
      <div class="stack">
        <p class="small soft">{text.moneyLead}</p>
        <dl class="facts">
          {sums.map(([name, fen]) => (
            <>
              <dt>{name}</dt>
              <dd>{yuanSaid(words, fen)}</dd>
            </>
          ))}
        </dl>
        <Verdict words={words} money={money} />
        {money.rows.map((row) => (
          <form class="row spread" method="post" action={`/my/trade/${order}/money/${row.id}/taken-back`}>
            <span>
              {text.kinds[row.kind]} <span class="code">{row.reference}</span> · {yuanSaid(words, row.amountFen)} ·{' '}
              {formatDate(row.at)}
            </span>
            <button class="btn" type="submit" aria-label={text.takeBackOf(row.reference)}>
              {text.takeBack}
            </button>
          </form>
        ))}
        <MoneyForm {...props} />
      </div>
    </details>
  );
}

function Verdict({ words, money: { sums, mismatches } }: { words: Texts; money: MoneyView }) {
  const text = words.purchase;
  const yuan = (fen: number | null) => yuanSaid(words, fen);
  const { goods, invoiced, paid } = sums;
  const said = {
    goods_invoice: () => text.mismatches.goods_invoice(yuan(goods), yuan(invoiced)),
    invoice_payment: () => text.mismatches.invoice_payment(yuan(invoiced), yuan(paid)),
    goods_payment: () => text.mismatches.goods_payment(yuan(goods), yuan(paid)),
  };
  if (mismatches.length > 0)
    return (
      <div class="note is-bad" role="status">
        <Icon name="alert" tone="bad" />
        <ul class="plain stack">
          {mismatches.map((each) => (
            <li>{said[each]()}</li>
          ))}
        </ul>
      </div>
    );
  return goods === null || invoiced === null || paid === null ? null : <p class="badge done">{text.agree}</p>;
}

function MoneyForm({ words, order, values, faults }: Props) {
  const text = words.purchase;
  return (
    <form class="stack" method="post" action={`/my/trade/${order}/money`} novalidate>
      <div class="box-more">
        <Field label={text.kind} name="kind" faults={faults}>
          <select id={fieldId('kind')} name="kind">
            {(['invoice', 'payment'] as const).map((kind) => (
              <option value={kind} selected={values['kind'] === kind}>
                {text.kinds[kind]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={text.reference} name="reference" value={values['reference']} faults={faults} />
        <Field label={text.amount} name="amount" faults={faults}>
          <DecimalInput name="amount" value={values['amount']} />
        </Field>
      </div>
      <button class="btn wide-phone" type="submit">
        {text.noteMoney}
      </button>
    </form>
  );
}
