// The papers that go with an order: for each lot its two certificates and a grower's promise, with a code that leads to it.
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { amountWithMark, type PageView, placeName } from '../../trace/parts.tsx';
import type { OrderView } from './order-view.ts';
import { PromisePaper, type PromiseView } from './promise-paper.tsx';

export type PaperCertificate = {
  readonly kind: 'quarantine' | 'quality';
  /** null: none is registered. */
  readonly number: string | null;
  readonly issuer: string | null;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
  /** The lot it was issued for, and how many cuts lie between. */
  readonly batch: string;
  readonly cuts: number;
};

export type PaperLot = {
  readonly product: string;
  readonly batch: string;
  readonly href: string;
  readonly origin: string | null;
  readonly quantity: number;
  readonly unit: string | null;
  readonly certificates: readonly PaperCertificate[];
  readonly promises: readonly PromiseView[];
};

export type PapersView = PageView & { readonly order: OrderView; readonly lots: readonly PaperLot[] };

export function PapersPage({ words, here, viewer, order, lots }: PapersView) {
  const text = words.purchase;
  const title = text.papersTitle(order.id);
  return (
    <Page
      words={words}
      title={title}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css', 'oversight.css']}
    >
      <header class="stack">
        <h1>{title}</h1>
        <p class="soft small">{text.papersLead}</p>
        <p class="no-print">
          <a class="btn" href={`/my/trade/${order.id}`}>
            {text.orderTitle(order.id)}
          </a>
        </p>
      </header>
      {lots.map((lot) => (
        <>
          {lot.certificates.map((certificate) => (
            <Paper words={words} order={order} lot={lot} certificate={certificate} />
          ))}
          {lot.promises.map((promise) => (
            <PromisePaper words={words} promise={promise} />
          ))}
        </>
      ))}
    </Page>
  );
}

type PaperProps = { words: Texts; order: OrderView; lot: PaperLot; certificate: PaperCertificate };

function Paper({ words, order, lot, certificate }: PaperProps) {
  const text = words.purchase;
  const { kind, number, issuer, issuedAt, expiresAt, batch, cuts } = certificate;
  const day = (at: number | null) => (at === null ? text.notEntered : formatDate(at));
  const rows = [
    [text.number, number ?? text.notEntered],
    [text.owner, placeName(words, order.supplier)],
    [text.receiver, placeName(words, order.buyer)],
    [text.product, lot.product],
    [text.batch, lot.batch],
    [text.quantity, amountWithMark(words, lot.quantity, lot.unit)],
    [text.origin, lot.origin ?? text.notEntered],
    [text.sentAt, day(order.sentAt)],
    ...(number === null
      ? []
      : [
          [text.issuer, issuer ?? text.notEntered],
          [text.issuedOn, day(issuedAt)],
          [text.validUntil, day(expiresAt)],
        ]),
  ] as const;
  return (
    <section class="card stack">
      <div class="row spread top">
        <h2>{words.trace.certificateKinds[kind]}</h2>
        <img class="qr" src={`${lot.href}/qr.svg`} alt={text.qrOf(lot.batch)} width={112} height={112} />
      </div>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      {number === null ? (
        <p class="note is-warn">
          <Icon name="alert" />
          <span>
            {words.trace.certificateKinds[kind]} {text.notEntered}
          </span>
        </p>
      ) : null}
      {cuts === 0 ? null : <p class="small soft">{text.ofLot(batch, cuts)}</p>}
    </section>
  );
}
