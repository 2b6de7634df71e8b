// What answers as a camera in the opened networks: who it says it is, whether it is registered, and the way to add it.
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';

export type FindView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  /** The restaurant that a found camera is added to. */
  readonly site: string | undefined;
  readonly networks: readonly string[];
  readonly result?: {
    readonly found: readonly {
      readonly address: string;
      readonly port: number;
      readonly name: string;
      readonly model: string;
      readonly known: readonly { readonly id: number; readonly place: string }[];
    }[];
    readonly asked: number;
    readonly cut: readonly string[];
  };
};

export function FindPage({ words, here, viewer, site, networks, result }: FindView) {
  const { find } = words.kitchen.wizard;
  return (
    <Page words={words} title={find.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{find.title}</h1>
        <p class="soft">{find.lead}</p>
      </header>
      <section class="card rim stack">
        {networks.length === 0 ? (
          <p class="note is-warn">
            <Icon name="alert" />
            <span>
              {find.noNetworks} <a href="/kitchens/settings">{find.toSettings}</a>
            </span>
          </p>
        ) : (
          <form method="post" action={`/cameras/find${siteQuery(site)}`} class="stack">
            <p>{find.networks(networks.join(words.lang === 'en' ? ', ' : '、'))}</p>
            <div class="row">
              <button type="submit" class="btn main">
                <Icon name="camera" />
                {find.button}
              </button>
            </div>
          </form>
        )}
      </section>
      {result === undefined ? null : <Found words={words} site={site} result={result} />}
    </Page>
  );
}

function Found({
  words,
  site,
  result,
}: Pick<FindView, 'words' | 'site'> & { result: NonNullable<FindView['result']> }) {
  const { find } = words.kitchen.wizard;
  return (
    <section class="card stack">
      <h2>{find.found(result.found.length, result.asked)}</h2>
      {result.cut.length === 0 ? null : <p class="soft">{find.cut(result.cut.join(' '))}</p>}
      {result.found.length === 0 ? (
        <p>{find.none}</p>
      ) : (
        <ul class="stack">
          {result.found.map((device) => (
            <li class="row spread">
              <span>
                <b>{device.address}</b> {[device.name, device.model].filter((each) => each !== '').join(' · ')}
              </span>
              {device.known.length === 0 ? (
                <a class="btn" href={addLink(device, site)}>
                  {find.add}
                </a>
              ) : (
                <span class="small">
                  {find.known}{' '}
                  {device.known.map(({ id, place }) => (
                    <a href={`/cameras/${id}`}>{place}</a>
                  ))}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function addLink(
  { address, port }: { readonly address: string; readonly port: number },
  site: string | undefined,
): string {
  const host = address.includes(':') ? `[${address}]` : address;
  const query = new URLSearchParams({ maker: 'onvif', host: port === 80 ? host : `${host}:${port}` });
  if (site !== undefined) query.set('site', site);
  return `/my/cameras/new?${query}`;
}

function siteQuery(site: string | undefined): string {
  return site === undefined ? '' : `?site=${encodeURIComponent(site)}`;
}
