// What is kept of a password: a salted scrypt hash that fits nothing but the password, however it was typed.
import { describe, expect, it } from 'vitest';
import { hashPassword, passwordFits } from '../../../server/accounts/password.ts';

describe('a kept password', () => {
  it('is a scrypt hash with the cost it names and a salt of its own, and holds nothing of the password', async () => {
    const [one, two] = await Promise.all([hashPassword('oolong before rain'), hashPassword('oolong before rain')]);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain('oolong');
  });

  it('fits that password alone, also where a keyboard writes its letters in another form', async () => {
    const kept = await hashPassword('caf\u00e9 \u660e\u53a8\u4eae\u7076');
    expect(await passwordFits('cafe\u0301 \u660e\u53a8\u4eae\u7076', kept)).toBe(true);
    expect(await passwordFits('cafe \u660e\u53a8\u4eae\u7076', kept)).toBe(false);
    expect(await passwordFits('', kept)).toBe(false);
  });

  it('that was never set lets nobody in', async () => {
    expect(await passwordFits('', null)).toBe(false);
    expect(await passwordFits('', undefined)).toBe(false);
  });
});
