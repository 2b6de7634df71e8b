// What the API routes of orders do, for the OpenAPI document.
import type { Operations } from '../../http/openapi.ts';
import { moneySchema, newOrderSchema, receivedSchema, sentSchema } from './purchase.ts';

export const purchaseOperations: Operations = {
  'GET /api/purchase-orders': {
    summary: 'Orders of one’s own places, as buyer or as supplier, with what was sent, received, invoiced and paid',
    tag: 'trade',
    query: {
      side: 'buyer or supplier; buyer when left out',
      state: 'placed, sent, received, cancelled or declined',
      before: 'an id: older ones',
      limit: '1 to 200',
    },
  },
  'POST /api/purchase-orders': {
    summary: 'Order of a supplier; the same key is the same order (200 instead of 201)',
    tag: 'trade',
    body: newOrderSchema,
    status: 201,
  },
  'GET /api/purchase-orders/:id': { summary: 'One order', tag: 'trade' },
  'POST /api/purchase-orders/:id/sent': {
    summary: 'Send an order from lots that are held: captured as shipping events that name the order',
    tag: 'trade',
    body: sentSchema,
  },
  'POST /api/purchase-orders/:id/received': {
    summary: 'Receive an order: captured as receiving events; what is not named came as it was sent',
    tag: 'trade',
    body: receivedSchema,
  },
  'POST /api/purchase-orders/:id/money': {
    summary: 'Note an invoice or a payment; goods, invoices and payments that do not agree are a finding',
    tag: 'trade',
    body: moneySchema,
    status: 201,
  },
};
