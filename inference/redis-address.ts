// Reads the address of a Redis: one server, one that sentinels watch over, or a cluster; each also through TLS.

/** Where a command is sent first. */
export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

export interface RedisAddress {
  readonly form: 'single' | 'sentinel' | 'cluster';
  /** The server, its sentinels, or some of the cluster's members. */
  readonly hosts: readonly RedisHost[];
  /** What the sentinels call the server they watch over; empty in the other forms. */
  readonly group: string;
  readonly database: number;
  readonly isSealed: boolean;
  readonly username?: string;
  readonly password?: string;
  /** What the sentinels themselves are signed in to with. */
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
}

const shape = /^(rediss?)(\+sentinel|\+cluster)?:\/\/(?:([^\s/@]*)@)?([^\s/@]+)(?:\/([^\s?#]*))?(?:\?([^\s#]*))?$/i;

/** Undefined for what is no address of a Redis. It holds hosts, ports, users, passwords and database, and sets no options. */
export function readRedisAddress(text: string): RedisAddress | undefined {
  const [, scheme = '', kind = '', login, list = '', path = '', query] = shape.exec(text) ?? [];
  const form = kind === '' ? 'single' : kind.toLowerCase() === '+sentinel' ? 'sentinel' : 'cluster';
  const hosts = list.split(',').map((one) => readHost(one, form === 'sentinel' ? 26_379 : 6379));
  const place = readPlace(path, form);
  const named = readLogin(login);
  const watched = readSentinelLogin(query, form);
  if (scheme === '' || place === undefined || !hosts.every(isHost)) return undefined;
  if (named === undefined || watched === undefined) return undefined;
  if (form === 'single' && hosts.length > 1) return undefined;
  return { form, hosts, ...place, isSealed: scheme.toLowerCase() === 'rediss', ...named, ...watched };
}

function isHost(host: RedisHost | undefined): host is RedisHost {
  return host !== undefined;
}

function readHost(text: string, usualPort: number): RedisHost | undefined {
  const [, six, name, port] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = six ?? name;
  const number = Number(port ?? usualPort);
  return host === undefined || number < 1 || number > 65_535 ? undefined : { host, port: number };
}

/** A cluster has database 0 alone; behind sentinels the group's name comes before the database. */
function readPlace(path: string, form: RedisAddress['form']): { group: string; database: number } | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const group = form === 'sentinel' ? (parts.shift() ?? '') : '';
  const database = parts.shift() ?? '0';
  const isWhole = parts.length === 0 && /^\d{1,5}$/.test(database) && (form === 'sentinel') === /^[\w.-]+$/.test(group);
  return isWhole && (form !== 'cluster' || database === '0') ? { group, database: Number(database) } : undefined;
}

function readLogin(login = ''): { username?: string; password?: string } | undefined {
  const [user = '', ...rest] = login.split(':');
  try {
    const [username, password] = [decodeURIComponent(user), decodeURIComponent(rest.join(':'))];
    return { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }) };
  } catch {
    return undefined;
  }
}

type SentinelLogin = Pick<RedisAddress, 'sentinelUsername' | 'sentinelPassword'>;

/** `sentinelPassword` and, beside it, `sentinelUsername`, each once; anything else behind a question mark is no address. */
function readSentinelLogin(query: string | undefined, form: RedisAddress['form']): SentinelLogin | undefined {
  if (query === undefined) return {};
  const parts = query.split('&').map((part) => /^(sentinelPassword|sentinelUsername)=([^=]+)$/.exec(part));
  const named = new Map(parts.map((part) => [part?.[1], part?.[2]]));
  if (form !== 'sentinel' || named.size < parts.length || !named.has('sentinelPassword') || named.has(undefined))
    return undefined;
  try {
    return Object.fromEntries([...named].map(([name, value = '']) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}
