// Every route has its line in the permission table, and the table says the truth about every role.
import { describe, expect, it } from 'vitest';
import { roles } from '../../../server/accounts/caller.ts';
import { permissions } from '../../../server/accounts/permission.ts';
import { apiRoutes } from '../../../server/app.tsx';
import { operations } from '../../../server/operations.ts';
import { openTestServer } from '../../support/server.ts';

const server = openTestServer();
const routes = [
  ...new Set(server.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
];

describe('the permission table', () => {
  it('has a line for every route, and no line without its route', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter((route) => permissions[route] === undefined)).toEqual([]);
    expect(Object.keys(permissions).filter((route) => !routes.includes(route))).toEqual([]);
  });

  it('describes every API route in the OpenAPI document, and nothing else', async () => {
    const described = apiRoutes(server.app).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(operations).filter((route) => !described.includes(route))).toEqual([]);
    const document = await (await server.call('/api/openapi.json')).json();
    const paths = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(paths).toHaveLength(described.length);
  });

  it('lets nobody without an account through a closed route, and no role that is not named', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const policy = permissions[route]!;
      if (policy.everyone) continue;
      const [method = '', pattern = ''] = route.split(' ');
      const path = pattern.replace(/:\w+(\{[^}]*\})?/g, '1').replace('*', 'x');
      const anonymous = await server.call(path, { method });
      if (anonymous.status !== 401) wrong.push(`${route} without an account: ${anonymous.status}`);
      for (const role of roles.filter((name) => !policy.roles.includes(name))) {
        const answer = await server.call(path, { method, as: role });
        if (answer.status !== 403) wrong.push(`${route} as ${role}: ${answer.status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('tells a wrong token apart from no token', async () => {
    const answer = await server.call('/healthz', { headers: { authorization: 'Bearer bk_invented' } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'not_signed_in' });
  });
});
