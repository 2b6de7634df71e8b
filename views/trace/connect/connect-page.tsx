// How a partner's program is connected, step by step: a token, a first document, the answer, the log.
import { type TokenLine, TokensCard } from '../../accounts/tokens-card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { EmptyState, type PageView, When } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';

export type ConnectView = PageView & {
  /** Where programs reach this server. */
  readonly base: string;
  readonly tokens: readonly TokenLine[];
  readonly document: string;
  readonly tried:
    | {
        readonly outcome: 'sound' | 'faulty' | 'accepted' | 'duplicate';
        readonly events: number;
        readonly captureId: string | undefined;
        readonly faults: readonly { readonly place: string; readonly detail: string }[];
      }
    | undefined;
  readonly captures: readonly {
    readonly captureId: string;
    readonly receivedAt: number;
    readonly accepted: number;
    readonly duplicate: number;
    readonly refused: number;
    readonly faults: readonly { readonly place: string; readonly detail: string }[];
  }[];
};

export function ConnectPage(view: ConnectView) {
  const { words, here, viewer, tokens } = view;
  const text = words.connect;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      <div class="cols">
        <div class="stack">
          <TryDocument {...view} />
          <CaptureLog {...view} />
        </div>
        <div class="stack">
          <TokensCard words={words} tokens={tokens} action="/connect/tokens" closed="open" />
          <ByProgram {...view} />
        </div>
      </div>
    </TracePage>
  );
}

function TryDocument({ words, document, tried }: ConnectView) {
  const text = words.connect;
  return (
    <section class="card rim stack" id="try">
      <h2>{text.tryTitle}</h2>
      <p class="soft">{text.tryLead}</p>
      <Answer words={words} tried={tried} />
      <form class="stack" method="post" action="/connect/documents#try">
        <div class="field">
          <label for="document">{text.document}</label>
          <textarea id="document" class="code" name="document" rows={14} spellcheck={false} required>
            {document}
          </textarea>
        </div>
        <div class="row wrap">
          <button class="btn main" type="submit" name="way" value="check">
            {text.check}
          </button>
          <button class="btn" type="submit" name="way" value="send">
            {text.send}
          </button>
        </div>
      </form>
    </section>
  );
}

function Answer({ words, tried }: Pick<ConnectView, 'words' | 'tried'>) {
  if (tried === undefined) return null;
  const text = words.connect;
  if (tried.outcome === 'faulty')
    return (
      <div class="faults" role="alert">
        <b>
          <Icon name="alert" />
          {words.common.faultsTitle(tried.faults.length)}
        </b>
        <ul>
          {tried.faults.map(({ place, detail }) => (
            <li>
              {detail} <code class="faint">{place}</code>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <p class="note" role="status">
      <Icon name="check" />
      <span>
        {text.outcomes[tried.outcome](tried.events)}
        {tried.captureId === undefined ? null : (
          <>
            {' '}
            <a href={`/epcis/capture/${tried.captureId}`}>{text.job}</a>
          </>
        )}
      </span>
    </p>
  );
}

function ByProgram({ words, base }: ConnectView) {
  const text = words.connect;
  const curl = [
    `curl ${base}/epcis/capture \\`,
    '  -H "authorization: Bearer $TOKEN" \\',
    '  -H "content-type: application/ld+json" \\',
    '  --data @document.jsonld',
  ].join('\n');
  return (
    <section class="card stack">
      <h2>{text.programTitle}</h2>
      <p class="soft small">{text.programLead}</p>
      <pre class="code">{curl}</pre>
      <ul class="plain-list">
        <li>
          <a href="/api/openapi.json">{text.openapi}</a>
        </li>
        <li>
          <a href="/subscriptions">{text.subscriptions}</a>
        </li>
        <li>
          <a href="/lots/import">{text.sheets}</a>
        </li>
      </ul>
    </section>
  );
}

function CaptureLog({ words, captures }: ConnectView) {
  const text = words.connect;
  if (captures.length === 0)
    return (
      <section class="card">
        <EmptyState title={text.logEmpty} lead={text.logEmptyLead} />
      </section>
    );
  return (
    <section class="card">
      <h2>{text.log}</h2>
      <table class="cards">
        <caption class="hide">{text.log}</caption>
        <thead>
          <tr>
            <th scope="col">{text.at}</th>
            <th scope="col" class="right">
              {text.accepted}
            </th>
            <th scope="col" class="right">
              {text.duplicate}
            </th>
            <th scope="col" class="right">
              {text.refused}
            </th>
            <th scope="col">{text.fault}</th>
          </tr>
        </thead>
        <tbody>
          {captures.map(({ captureId, receivedAt, accepted, duplicate, refused, faults }) => (
            <tr>
              <th scope="row">
                <a href={`/epcis/capture/${captureId}`}>
                  <When at={receivedAt} words={words} />
                </a>
              </th>
              <td data-l={text.accepted} class="right">
                {accepted}
              </td>
              <td data-l={text.duplicate} class="right">
                {duplicate}
              </td>
              <td data-l={text.refused} class="right">
                {refused}
              </td>
              <td data-l={text.fault}>
                {faults[0] === undefined ? words.common.none : <code>{faults[0].place}</code>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
