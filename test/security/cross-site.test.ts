// No other site can make a signed-in browser do anything: content types times origins.
import { describe, expect, it } from 'vitest';
import { createAccount } from '../support/people.ts';
import { openTestServer, origin } from '../support/server.ts';

const types = [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json',
  'application/xml',
  'image/jpeg',
  'application/ld+json',
  '',
];
const origins = ['https://evil.example', 'null', 'http://127.0.0.1.evil.example:8080', 'http://127.0.0.1:9090'];

describe('a request another site caused', async () => {
  const server = openTestServer();
  await createAccount(
    server.db,
    { login: 'xu.nan', name: '许南', role: 'admin', sites: [], password: 'a long password' },
    'test',
    1,
  );
  const entered = await server.call('/sign-in', {
    form: { login: 'xu.nan', password: 'a long password' },
    headers: { origin },
  });
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
  const cases = types.flatMap((type) => origins.map((from) => [type || '(none)', from, type] as const));

  it.each(cases)('as %s from %s is refused and changes nothing', async (_name, from, type) => {
    const headers = { cookie, origin: from, ...(type === '' ? {} : { 'content-type': type }) };
    const answer = await server.call('/people', {
      method: 'POST',
      body: 'login=mallory&name=M&password=a+long+password&role=admin',
      headers,
    });
    expect(answer.status).toBe(403);
    expect(server.db.sqlite.prepare("SELECT count(*) FROM account WHERE login = 'mallory'").pluck().get()).toBe(0);
  });

  it('is refused by its fetch metadata alone, and when it has neither that nor an origin', async () => {
    for (const headers of [
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, 'sec-fetch-site': 'same-site' },
      { cookie },
    ]) {
      expect((await server.call('/sign-out', { method: 'POST', headers })).status).toBe(403);
    }
    expect((await server.call('/sign-out', { method: 'POST', headers: { cookie, origin } })).status).toBe(303);
  });
});

describe('every answer', () => {
  it('carries the headers that keep scripts, frames and guesses of type out', async () => {
    const server = openTestServer();
    for (const path of ['/', '/sign-in', '/nowhere', '/static/look.css', '/api/openapi.json']) {
      const { headers } = await server.call(path, { headers: { accept: 'text/html' } });
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each([
    '/static/../server/config.ts',
    '/static/%2e%2e/package.json',
    '/static/..%2fpackage.json',
    '/static//etc/passwd',
  ])('%s reaches no file', async (path) => {
    const server = openTestServer();
    const answer = await server.call(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('bright-kitchen"');
  });

  it('a body over the limit is refused', async () => {
    const server = openTestServer();
    const answer = await server.call('/sign-in', {
      form: { login: 'x'.repeat(1_100_000), password: '' },
      headers: { origin },
    });
    expect(answer.status).toBe(413);
  });
});
