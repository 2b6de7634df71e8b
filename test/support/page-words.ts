// What a page says to whoever reads or hears it, taken from its HTML without a browser.

/** Words, each with where it stands: an element's name or its attribute. */
export type Said = { readonly text: string; readonly at: string };

/** What these hold is no sentence of ours: scripts, styles, and text that stands as it must be typed. */
const silent = new Set(['script', 'style', 'code', 'kbd', 'pre', 'samp', 'textarea']);
const empty = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'use', 'wbr']);
const spoken = ['aria-label', 'title', 'placeholder', 'alt', 'data-l', 'hx-confirm', 'content'];

/** Every sentence of a page in its own language; what is marked as another language is left out. */
export function wordsOf(html: string): Said[] {
  const said: Said[] = [];
  const open: { readonly name: string; readonly quiet: boolean }[] = [];
  const isQuiet = () => open.at(-1)?.quiet ?? false;
  for (const [, tag, text] of html.matchAll(/(<[^>]*>)|([^<]+)/g)) {
    if (text !== undefined) {
      if (!isQuiet() && text.trim() !== '') said.push({ text: plain(text), at: open.at(-1)?.name ?? '' });
      continue;
    }
    const [, closing, name = '', rest = ''] = /^<(\/?)([a-z][\w-]*)([^>]*)>$/i.exec(tag ?? '') ?? [];
    if (name === '') continue;
    if (closing === '/') {
      while (open.length > 0 && open.pop()?.name !== name);
      continue;
    }
    const attributes = attributesOf(rest);
    const quiet = isQuiet() || silent.has(name) || isCode(attributes) || (name !== 'html' && attributes.has('lang'));
    if (!quiet && name !== 'meta')
      for (const key of spoken) {
        const value = attributes.get(key);
        if (value !== undefined && value !== '') said.push({ text: plain(value), at: `${name}[${key}]` });
      }
    if (!empty.has(name) && !rest.endsWith('/')) open.push({ name, quiet });
  }
  return said;
}

/** Text set as code stands as programs write it. */
function isCode(attributes: ReadonlyMap<string, string>): boolean {
  return (attributes.get('class') ?? '').split(' ').includes('code');
}

function attributesOf(rest: string): Map<string, string> {
  return new Map([...rest.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, value]));
}

function plain(text: string): string {
  return text
    .replace(
      /&(lt|gt|quot|amp|#39);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" })[name] ?? '',
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** Links to pages of ours, without what is downloaded or drawn. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/<a[^>]* href="(\/(?!\/)[^"]*)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((link) => !/\.(csv|xlsx|pdf|png|svg|zip|json|db)(\?|$)|^\/(static|pictures|api)\//.test(link));
}

export type PageForm = { readonly action: string; readonly body: FormData | URLSearchParams };

/** The forms that change something, as they are sent when nobody filled them in. */
export function formsOf(html: string, path: string): PageForm[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, attributes = '', inside = '']) => {
    if (!/method="post"/.test(attributes)) return [];
    const action = (/ action="([^"]*)"/.exec(attributes)?.[1] ?? path).replaceAll('&amp;', '&');
    const body = /multipart/.test(attributes) ? new FormData() : new URLSearchParams();
    for (const [, , field = ''] of inside.matchAll(/<(input|textarea|select)([^>]*)>/g)) {
      const name = / name="([^"]*)"/.exec(field)?.[1];
      const kept = / type="hidden"/.test(field) ? (/ value="([^"]*)"/.exec(field)?.[1] ?? '') : '';
      if (name !== undefined) body.set(name, kept);
    }
    return [{ action, body }];
  });
}
