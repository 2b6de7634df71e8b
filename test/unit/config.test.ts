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

  it('map tiles come from one address with a place for level, column and row', () => {
    const tileUrl = 'https://tiles.example.cn/{z}/{x}/{y}.png';
    expect(readConfig({ TILE_URL: tileUrl }).tileUrl).toBe(tileUrl);
    for (const wrong of [
      'https://tiles.example.cn/map.png',
      'https://{s}.tiles.example.cn/{z}/{x}/{y}.png',
      'ftp://tiles.example.cn/{z}/{x}/{y}.png',
      'https://user:key@tiles.example.cn/{z}/{x}/{y}.png',
      'https://tiles.example.cn; script-src *//{z}/{x}/{y}.png',
      '/{z}/{x}/{y}.png',
    ])
      expect(() => readConfig({ TILE_URL: wrong }), wrong).toThrow('TILE_URL');
  });

  it('cannot be changed once read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});
