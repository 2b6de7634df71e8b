// Chooses the language of a request: a switch in the address, then the cookie it set, then Accept-Language.
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { textsFor } from '../../views/text/texts.ts';
import type { Env, Lang } from '../deps.ts';

const cookieSeconds = 400 * 24 * 3600;

export function language(): MiddlewareHandler<Env> {
  return async function chooseLanguage(c, next) {
    const asked = knownLang(c.req.query('lang'));
    if (asked !== undefined) setCookie(c, 'lang', asked, { path: '/', sameSite: 'Lax', maxAge: cookieSeconds });
    const lang = asked ?? knownLang(getCookie(c, 'lang')) ?? preferredLang(c.req.header('accept-language'));
    c.set('lang', lang);
    c.set('words', textsFor(lang));
    await next();
  };
}

/** The first language of the header that we have; Chinese when it names none of ours. */
export function preferredLang(header: string | undefined): Lang {
  const ranked = (header ?? '')
    .split(',', 20)
    .map((part) => {
      const [tag = '', q] = part.trim().split(/;\s*q=/);
      return { tag: tag.toLowerCase(), weight: q === undefined ? 1 : Number(q) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const first = ranked.find(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'));
  return first?.tag.startsWith('en') ? 'en' : 'zh-CN';
}

function knownLang(value: string | undefined): Lang | undefined {
  return value === 'zh-CN' || value === 'en' ? value : undefined;
}
