// What the permission table answers, for one line of each kind; who must not stands in test/security/must-not.test.ts.
import { describe, expect, it } from 'vitest';
import { type Caller, type Role, roles } from '../../../server/accounts/caller.ts';
import { concernsCity, isPublic, mayCall } from '../../../server/accounts/permission.ts';

const as = (role: Role): Caller => ({ id: 1, name: 'Lin', role, sites: [], via: 'session' });
const whoMay = (route: string) => roles.filter((role) => mayCall(route, as(role)) === true);

describe('a door', () => {
  it('for everybody opens to who has no account too', () => {
    expect(mayCall('GET /healthz', null)).toBe(true);
    expect(whoMay('GET /healthz')).toEqual(roles);
    expect(isPublic('GET /healthz')).toBe(true);
  });

  it('for some roles is closed to all others and to who has no account', () => {
    expect(mayCall('GET /my', null)).toBe(false);
    expect(whoMay('GET /my')).toEqual(['owner']);
    expect(whoMay('GET /ledger')).toEqual(['inspector', 'admin']);
    expect(isPublic('GET /my')).toBe(false);
  });

  it('for whoever is signed in is closed to who is not', () => {
    expect(mayCall('GET /account', null)).toBe(false);
    expect(whoMay('GET /account')).toEqual(roles);
    expect(isPublic('GET /account')).toBe(false);
  });

  it('without a line is open to nobody, is not public, and is told apart from a closed one', () => {
    expect(mayCall('GET /nowhere', null)).toBeUndefined();
    expect(mayCall('GET /nowhere', as('admin'))).toBeUndefined();
    expect(isPublic('GET /nowhere')).toBe(false);
    expect(concernsCity('GET /nowhere')).toBe(false);
  });

  it('to the whole city’s records says so, one to a shop’s records or to everybody does not', () => {
    expect(concernsCity('GET /ledger')).toBe(true);
    expect(concernsCity('GET /findings')).toBe(false);
    expect(concernsCity('GET /my')).toBe(false);
    expect(concernsCity('GET /healthz')).toBe(false);
  });
});
