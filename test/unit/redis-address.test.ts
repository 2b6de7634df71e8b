// Addresses of a Redis: one server, sentinels, a cluster; and what is none of them.
import { describe, expect, it } from 'vitest';
import { readRedisAddress } from '../../inference/redis-address.ts';
import { readConfig } from '../../server/config.ts';

const single = { form: 'single', group: '', database: 0, isSealed: false };

describe('the address of a Redis', () => {
  it('is one server, with what it needs to sign in', () => {
    expect(readRedisAddress('redis://queue')).toEqual({ ...single, hosts: [{ host: 'queue', port: 6379 }] });
    expect(readRedisAddress('rediss://kitchen:p%40ss:word@[::1]:7000/3')).toEqual({
      ...single,
      hosts: [{ host: '::1', port: 7000 }],
      isSealed: true,
      database: 3,
      username: 'kitchen',
      password: 'p@ss:word',
    });
    expect(readRedisAddress('redis://:only@queue')).toMatchObject({ password: 'only' });
  });

  it('is the name that sentinels give it, and where they are', () => {
    expect(readRedisAddress('redis+sentinel://:secret@a,b:26380/mymaster/2')).toEqual({
      form: 'sentinel',
      hosts: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 26_380 },
      ],
      group: 'mymaster',
      database: 2,
      isSealed: false,
      password: 'secret',
    });
  });

  it('holds what sentinels ask for themselves, and no other option', () => {
    const address = 'redis+sentinel://:secret@a/mymaster?sentinelUsername=watch&sentinelPassword=p%3D%26ss';
    expect(readRedisAddress(address)).toMatchObject({
      password: 'secret',
      sentinelUsername: 'watch',
      sentinelPassword: 'p=&ss',
    });
    expect(() => readConfig({ REDIS_URL: `${address}&family=6` })).toThrow('sentinelPassword=…&family=6');
  });

  it('is some members of a cluster', () => {
    expect(readRedisAddress('rediss+cluster://a:7000,b:7001')).toMatchObject({
      form: 'cluster',
      hosts: [
        { host: 'a', port: 7000 },
        { host: 'b', port: 7001 },
      ],
      isSealed: true,
    });
  });

  it.each([
    'http://queue',
    'redis://',
    'redis://a,b',
    'redis://a:70000',
    'redis://a:0',
    'redis://a/x',
    'redis://a?family=6',
    'redis://%zz@a',
    'redis+sentinel://a',
    'redis+sentinel://a/name?sentinelUsername=only',
    'redis+sentinel://a/name?sentinelPassword=a&sentinelPassword=b',
    'redis+sentinel://a/name?sentinelPassword=%zz',
    'redis://a?sentinelPassword=word',
    'redis+sentinel://a/name/0/1',
    'redis+cluster://a/1',
    'redis+cluster://a,',
  ])('is not %s', (text) => expect(readRedisAddress(text)).toBeUndefined());
});
