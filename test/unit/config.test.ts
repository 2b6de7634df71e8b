// Settings: defaults that work, and every fault at once with how to mend it.
import { describe, expect, it } from 'vitest';
import { ConfigFaults, readConfig } from '../../server/config.ts';

describe('settings', () => {
  it('work without any', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      demo: true,
      publicUrl: 'http://127.0.0.1:8080',
    });
  });

  it('an empty setting counts as none', () => {
    expect(readConfig({ PORT: '', DEMO: '' })).toMatchObject({ port: 8080, demo: true });
  });

  it('every wrong one is named together, with what it should be', () => {
    const wrong = () =>
      readConfig({
        PORT: '99999',
        DEMO: 'maybe',
        PUBLIC_URL: 'kitchen',
        REDIS_URL: 'http://x',
        TRUSTED_PROXIES: 'proxy',
      });
    expect(wrong).toThrow(ConfigFaults);
    for (const name of [
      'PORT=99999',
      'DEMO=maybe',
      'PUBLIC_URL=kitchen',
      'REDIS_URL=http://x',
      'TRUSTED_PROXIES=proxy',
    ])
      expect(wrong).toThrow(name);
  });

  it('cannot be changed once read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});
