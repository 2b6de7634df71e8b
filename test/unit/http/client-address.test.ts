// Whose address a throttle counts: never one that anybody can write into a header.
import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../server/http/client-address.ts';

const proxies = ['127.0.0.1/32', '10.0.0.0/8', '::1/128'];

describe('the address of a client', () => {
  it('is the connection where no proxy is trusted, whatever a header says', () => {
    expect(clientAddress('127.0.0.1', '203.0.113.9', [])).toBe('127.0.0.1');
    expect(clientAddress('198.51.100.7', '203.0.113.9', proxies)).toBe('198.51.100.7');
  });

  it('is what the last trusted proxy saw, not what stood in the header before', () => {
    expect(clientAddress('127.0.0.1', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('::ffff:127.0.0.1', '1.1.1.1, 203.0.113.9, 10.2.3.4', proxies)).toBe('203.0.113.9');
  });

  it('is the proxy itself when the header is missing or no address', () => {
    expect(clientAddress('127.0.0.1', undefined, proxies)).toBe('127.0.0.1');
    expect(clientAddress('127.0.0.1', 'unknown', proxies)).toBe('127.0.0.1');
    expect(clientAddress('unknown', '203.0.113.9', proxies)).toBe('unknown');
  });
});
