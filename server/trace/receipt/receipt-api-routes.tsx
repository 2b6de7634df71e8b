// Receiving over the API: what a code says before goods are taken, and the delivery itself.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { say } from '../../../views/text/say.ts';
import type { Texts } from '../../../views/text/texts.ts';
import { warningSaid } from '../../../views/trace/receipt/scan-warning.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, readBody } from '../../http/input.ts';
import { dayOf } from '../event/goods-day.ts';
import { shortOf } from '../lot/lot-name.ts';
import { type Lot, wholeLot } from '../lot/lot-store.ts';
import { boxChoices } from './box-choices.ts';
import { receiptSchema } from './receipt.ts';
import { type ReceivedGoods, receiveGoods } from './receive-goods.ts';
import { type CheckedScan, checkFault, checkScan } from './scan-check-store.ts';
import { longestKey, takeSentReceipt } from './take-sent-receipt.ts';

export const scanQuery = z.object({
  code: z.string().trim().min(1).max(2_048),
  /** Whether the goods come in or leave: what is said against it is worded for that. */
  way: z.enum(['in', 'out']).default('in'),
});

export function receiptApiRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/scans', (c) => {
    const { code, way } = check(scanQuery, c.req.query());
    return c.json(scanJson(deps, c.get('words'), checkScan(deps, code, deps.clock()), way));
  });
  app.post('/api/receipts', (c) => takeReceipt(c, deps));
  return app;
}

async function takeReceipt(c: Context<Env>, deps: Deps): Promise<Response> {
  const body = await readBody(c, receiptSchema);
  const caller = signedInCaller(c);
  const take = () => receiptJson(receiveGoods(deps, body, caller, ['recalled', 'held']));
  const key = c.req.header('idempotency-key')?.slice(0, longestKey);
  if (key === undefined || key === '') {
    const answer = take();
    return c.json(answer, answer.accepted > 0 ? 201 : 200);
  }
  const { answer, again } = takeSentReceipt(deps, { key, body, caller }, take);
  return c.json(answer, again === 'first' && answer.accepted > 0 ? 201 : 200);
}

function receiptJson({ site, accepted, duplicate, lots, warnings }: ReceivedGoods) {
  return {
    site,
    accepted,
    duplicate,
    warnings: warnings.map(({ place, code, detail }) => ({ place, code, detail })),
    lots: lots.map((lot) => ({ code: lot.code, ...lotJson(lot) })),
  };
}

function lotJson(lot: Lot) {
  return {
    batch: shortOf(lot),
    product: lot.name,
    productEn: lot.nameEn,
    status: lot.status,
    producedOn: lot.producedAt === null ? null : dayOf(lot.producedAt),
    expiresOn: lot.expiresAt === null ? null : dayOf(lot.expiresAt),
  };
}

function scanJson({ db, clock }: Deps, words: Texts, checked: CheckedScan, way: 'in' | 'out') {
  if (checked.is === 'goods') {
    const { key, kind, lot, facts, warnings } = checked;
    return {
      is: 'goods' as const,
      code: key,
      kind,
      lot: lot === undefined ? null : lotJson(wholeLot(db, lot)),
      quantity: facts.amount?.quantity ?? null,
      unit: facts.amount === undefined ? null : (facts.amount.unit ?? 'EA'),
      producedOn: facts.producedOn ?? null,
      expiresOn: facts.expiresOn ?? null,
      warnings: warnings.map((warning) => ({ code: warning.code, said: warningSaid(words, warning, way) })),
    };
  }
  const { code, detail } = checkFault(checked, 'code');
  return {
    is: checked.is,
    fault: code,
    said: words.trace.codeFaults[code] ?? words.trace.faults[code] ?? say(words, detail),
    choices: boxChoices(db, words, checked, clock()),
  };
}
