// An origin in the reader's language, whichever it was written in.
import { describe, expect, it } from 'vitest';
import { originIn } from '../../../server/trace/place/origin-store.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { places } from '../../support/cast.ts';
import { openTestServer } from '../../support/server.ts';

describe('an origin', () => {
  const { db, deps } = openTestServer();
  registerPlace(deps, { siteId: places.wholesaler, name: '王记鲜肉', nameEn: 'Wang’s Fresh Meat', kind: 'wholesaler' });

  it('is said in English where it is a province, a country or a registered place', () => {
    for (const [written, said] of [
      ['浙江', 'Zhejiang'],
      [' 浙江省 ', 'Zhejiang'],
      ['广西壮族自治区', 'Guangxi'],
      ['陕西', 'Shaanxi'],
      ['山西', 'Shanxi'],
      ['厄瓜多尔', 'Ecuador'],
      ['王记鲜肉', 'Wang’s Fresh Meat'],
    ] as const)
      expect(originIn(db, 'en', written)).toBe(said);
  });

  it('is said in Chinese where it was written in English', () => {
    for (const [written, said] of [
      ['Ecuador', '厄瓜多尔'],
      ['new zealand', '新西兰'],
    ] as const)
      expect(originIn(db, 'zh-CN', written)).toBe(said);
  });

  it('stays as it was written where nobody knows the whole of it', () => {
    for (const written of ['浙江金华两头乌合作社', '云南路 3 号', 'Ecuador or Peru']) {
      expect(originIn(db, 'en', written)).toBe(written);
      expect(originIn(db, 'zh-CN', written)).toBe(written);
    }
    expect(originIn(db, 'en', null)).toBeNull();
  });
});
