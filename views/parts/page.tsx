// The one layout: bar, menu, language, main content, foot.
import type { Child } from 'hono/jsx';
import type { Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { type LinkPreview, Preview } from './preview.tsx';

export type NavLink = { readonly href: string; readonly label: string; readonly count?: number | undefined };

export type Viewer = {
  readonly name: string;
  readonly role: 'owner' | 'reviewer' | 'inspector' | 'admin' | 'partner' | 'worker';
  readonly links: readonly NavLink[];
};

export type PageProps = {
  readonly words: Texts;
  readonly title: string;
  /** Path and query of this page, for the language switch and the current link. */
  readonly here: string;
  readonly viewer?: Viewer | null | undefined;
  /** Extra classes of <main>, such as `desk`. */
  readonly mainClass?: string;
  /** Scripts of our own under /static, loaded deferred. */
  readonly scripts?: readonly string[];
  /** Scripts that import others of ours. */
  readonly modules?: readonly string[];
  /** Further stylesheets of our own under /static. */
  readonly styles?: readonly string[];
  /** What a message shows beside a link to this page. */
  readonly preview?: LinkPreview;
  readonly children?: Child;
};

// The safe settings of htmx under a strict CSP; read by htmx from this meta element.
const htmxConfig = JSON.stringify({
  allowEval: false,
  includeIndicatorStyles: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  // A refusal's fragment is shown where the answer would have been.
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '[45]..', swap: true, error: true },
  ],
});

export function Page(props: PageProps) {
  const { words, title, mainClass, scripts = [], modules = [], styles = [], preview } = props;
  return (
    <html lang={words.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${title} · ${words.common.product}`}</title>
        <Preview words={words} title={title} preview={preview} />
        <link rel="icon" href="/static/mark.svg" />
        <link rel="apple-touch-icon" href="/static/icon-180.png" />
        <link rel="manifest" href={`/static/app.${words.lang}.webmanifest`} />
        <meta name="theme-color" content="#1d4a9c" />
        <link rel="stylesheet" href="/static/look.css" />
        <link rel="stylesheet" href="/static/product.css" />
        {styles.map((style) => (
          <link rel="stylesheet" href={`/static/${style}`} />
        ))}
        <script src="/static/vendor/htmx.min.js" defer></script>
        <script src="/static/search-key.js" defer></script>
        {scripts.map((script) => (
          <script src={`/static/${script}`} defer></script>
        ))}
        {modules.map((script) => (
          <script src={`/static/${script}`} type="module"></script>
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {words.common.skip}
        </a>
        <Bar {...props} />
        <main id="main" class={mainClass === undefined ? 'page' : `page ${mainClass}`}>
          {props.children}
        </main>
        <footer class="foot">
          <span class="foot-faces">{words.common.footer}</span>
          <FootLinks words={words} />
        </footer>
      </body>
    </html>
  );
}

function FootLinks({ words }: { words: Texts }) {
  const { links } = words.front;
  return (
    <nav class="foot-links" aria-label={words.common.more}>
      <a href="/records">{links.records}</a>
      <a href="/open-data">{links.openData}</a>
      <a href="/about">{links.about}</a>
      <a href="/glossary">{links.glossary}</a>
      <a href="/status">{links.status}</a>
    </nav>
  );
}

function Bar({ words, viewer, here }: PageProps) {
  return (
    <header class="bar">
      <a class="brand" href="/" lang={words.lang}>
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="13" />
          <path d="M8 16a8 8 0 0 1 8-8M16 24a8 8 0 0 0 8-8" />
          <circle class="dot" cx="16" cy="16" r="3" />
        </svg>
        <b>{words.common.product}</b>
        <span lang={words.lang === 'en' ? 'zh-CN' : 'en'}>{words.common.otherProduct}</span>
      </a>
      {viewer ? (
        <nav class="bar-nav" aria-label={words.common.mainNav}>
          {viewer.links.slice(0, inBar(viewer.links)).map((link) => (
            <BarLink link={link} here={here} />
          ))}
        </nav>
      ) : null}
      {viewer ? <MoreLinks words={words} links={viewer.links.slice(inBar(viewer.links))} here={here} /> : null}
      <div class="bar-end">
        {viewer ? <Menu words={words} viewer={viewer} here={here} /> : <SignInLink words={words} here={here} />}
        <Find words={words} />
        <LanguageSwitch words={words} here={here} />
      </div>
    </header>
  );
}

/** Letters that stand beside one another on a small desk; a Han character is as wide as two. */
const lettersInBar = 96;
const mostInBar = 8;
const lettersAround = 3;
const lettersOfCount = 4;

/** So many links fit into the bar; the others open below it. */
export function inBar(links: readonly NavLink[]): number {
  let left = lettersInBar;
  const full = links.findIndex(({ label, count }) => {
    const letters = label.length + (label.match(/\p{Script=Han}/gu)?.length ?? 0);
    left -= letters + lettersAround + (count === undefined ? 0 : lettersOfCount);
    return left < 0;
  });
  return Math.min(mostInBar, full === -1 ? links.length : full);
}

function MoreLinks({ words, links, here }: { words: Texts; links: readonly NavLink[]; here: string }) {
  if (links.length === 0) return null;
  const waiting = links.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const isHere = links.some(({ href }) => current(href, here)['aria-current'] !== undefined);
  return (
    <details class="menu bar-more">
      <summary class={isHere ? 'is-here' : undefined}>
        {words.common.more}
        {waiting === 0 ? null : <span class="count">{waiting}</span>}
        <Icon name="down" tone="faint" />
      </summary>
      <ul>
        {links.map((link) => (
          <li>
            <BarLink link={link} here={here} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function BarLink({ link, here }: { link: NavLink; here: string }) {
  return (
    <a href={link.href} {...current(link.href, here)}>
      {link.label}
      {link.count === undefined ? null : (
        <>
          {' '}
          <span class="count">{link.count}</span>
        </>
      )}
    </a>
  );
}

/** A box over the page; where a browser has no popovers it is a part of the bar. */
function Find({ words }: { words: Texts }) {
  return (
    <>
      <button
        class="btn bare find-open"
        type="button"
        popovertarget="find"
        aria-label={words.search.open}
        aria-keyshortcuts="/"
      >
        <Icon name="search" />
      </button>
      <search class="find" id="find" popover="auto">
        <form class="row" method="get" action="/search">
          <label class="hide" for="find-q">
            {words.search.open}
          </label>
          <input
            id="find-q"
            name="q"
            type="search"
            placeholder={words.search.open}
            autocomplete="off"
            required
            autofocus
          />
          <button class="btn main" type="submit">
            {words.common.search}
          </button>
        </form>
      </search>
    </>
  );
}

function SignInLink({ words, here }: { words: Texts; here: string }) {
  if (/^\/(sign-in|set-up|invitations|resets)/.test(here)) return null;
  return (
    <a class="btn small" href={`/sign-in?next=${encodeURIComponent(here)}`}>
      {words.common.signIn}
    </a>
  );
}

function Menu({ words, viewer, here }: { words: Texts; viewer: Viewer; here: string }) {
  const role = words.common.roles[viewer.role];
  return (
    <details class="menu">
      <summary aria-label={words.common.switchRole(role, viewer.name)}>
        <Icon name="person" />
        <b>{role}</b>
        <span class="soft only-desk">{viewer.name}</span>
        <Icon name="down" tone="faint" />
      </summary>
      <ul>
        {viewer.links.map((link) => (
          <li class="menu-nav">
            <a href={link.href} {...current(link.href, here)}>
              {link.label}
              <span class="faint">{link.count ?? ''}</span>
            </a>
          </li>
        ))}
        <li>
          <a href="/account" {...current('/account', here)}>
            {words.account.title}
          </a>
        </li>
        <li>
          <form method="post" action="/sign-out">
            <button class="menu-button" type="submit">
              {words.common.signOut}
            </button>
          </form>
        </li>
      </ul>
    </details>
  );
}

function LanguageSwitch({ words, here }: { words: Texts; here: string }) {
  const mark = (lang: string) => (words.lang === lang ? { 'aria-current': 'true' as const } : {});
  return (
    <nav class="lang" aria-label={words.common.language}>
      <a lang="zh-CN" href={withLanguage(here, 'zh-CN')} {...mark('zh-CN')}>
        中文
      </a>
      <a lang="en" href={withLanguage(here, 'en')} {...mark('en')}>
        EN
      </a>
    </nav>
  );
}

function current(href: string, here: string) {
  return here.split('?')[0] === href ? { 'aria-current': 'page' as const } : {};
}

function withLanguage(here: string, lang: string): string {
  const [path, query = ''] = here.split('?');
  const params = new URLSearchParams(query);
  params.set('lang', lang);
  return `${path}?${params}`;
}
