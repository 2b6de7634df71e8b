// How a camera's links are asked for: whatever host, scheme or spelling it wrote, only paths at its own street.

/** Most ways in which one link is tried. */
const mostWays = 4;

/**
 * The addresses under which a track may be asked for, the likeliest first: base and control put together as players do,
 * resolved as the standard says, and the address of the description itself.
 */
export function waysTo(control: string | undefined, bases: readonly string[], street: string): string[] {
  const whole = control === undefined ? undefined : pathOf(control);
  const ways =
    control === undefined
      ? bases
      : whole !== undefined && isAbsolute(control)
        ? [whole]
        : [...bases.map((base) => joined(base, control)), ...bases.map((base) => resolved(base, control)), ...bases];
  return [...new Set(ways)].slice(0, mostWays).map((path) => street + path);
}

/** The base a description names, as a path; undefined when it names none that can be used. */
export function basePath(text: string | undefined, host: string): string | undefined {
  const base = text?.trim();
  if (base === undefined || base === '' || base === '*') return undefined;
  const path = pathOf(base);
  if (path !== undefined) return path;
  const slash = base.indexOf('/');
  const before = slash < 0 ? base : base.slice(0, slash);
  const after = slash < 0 ? '/' : base.slice(slash);
  // `10.0.0.4:554/live/`: an address that lost its scheme.
  return before === host || /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\]|[^/]+:\d{1,5})$/i.test(before) ? after : undefined;
}

function isAbsolute(link: string): boolean {
  return /^[a-z]{3,8}:\/\//i.test(link);
}

/** What stands behind the host of an absolute link, or a path from the root; undefined for a relative one. */
function pathOf(link: string): string | undefined {
  const [, path] = /^[a-z]{3,8}:\/\/[^/?#]*(.*)$/i.exec(link) ?? [];
  if (path !== undefined) return rooted(path);
  return link.startsWith('/') ? rooted(link.replace(/^\/+/, '/')) : undefined;
}

/** As one word: what came from a camera must not end a request line. */
function rooted(path: string): string {
  const plain = path.replace(/[\s\p{Cc}]/gu, '');
  return plain.startsWith('/') ? plain : `/${plain}`;
}

function joined(base: string, control: string): string {
  return rooted(`${base}${base.endsWith('/') ? '' : '/'}${control.replace(/^\/+/, '')}`);
}

function resolved(base: string, control: string): string {
  if (!URL.canParse(control, `http://camera${base}`)) return base;
  const url = new URL(control, `http://camera${base}`);
  return rooted(url.pathname + url.search);
}
