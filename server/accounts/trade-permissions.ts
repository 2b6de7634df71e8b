// The lines of the permission table about orders between a shop and its supplier.
import { allow, type Policy } from './policy.ts';

export const tradePermissions: Readonly<Record<string, Policy>> = {
  'GET /my/trade': allow('owner', 'partner'),
  'POST /my/trade': allow('owner', 'partner'),
  'GET /my/trade/new': allow('owner', 'partner'),
  'GET /my/trade/:id': allow('owner', 'partner'),
  'GET /my/trade/:id/papers': allow('owner', 'partner'),
  'POST /my/trade/:id/sent': allow('owner', 'partner'),
  'POST /my/trade/:id/received': allow('owner', 'partner'),
  'POST /my/trade/:id/ended': allow('owner', 'partner'),
  'POST /my/trade/:id/money': allow('owner', 'partner'),
  'POST /my/trade/:id/money/:money/taken-back': allow('owner', 'partner'),
  'GET /my/promises/new': allow('owner', 'partner'),
  'POST /my/promises': allow('owner', 'partner'),
  'GET /my/promises/:id': allow('owner', 'partner'),
  'GET /my/sales': allow('owner', 'partner'),
  'GET /api/purchase-orders': allow('owner', 'partner'),
  'POST /api/purchase-orders': allow('owner', 'partner'),
  'GET /api/purchase-orders/:id': allow('owner', 'partner'),
  'POST /api/purchase-orders/:id/sent': allow('owner', 'partner'),
  'POST /api/purchase-orders/:id/received': allow('owner', 'partner'),
  'POST /api/purchase-orders/:id/money': allow('owner', 'partner'),
};
