// The tokens of an account: what each is for, since when, taking one back, making another.
import { formatTime } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';

export type TokenLine = {
  readonly id: number;
  readonly name: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
};

export type TokensCardProps = {
  readonly words: Texts;
  readonly tokens: readonly TokenLine[];
  /** Where the forms go. */
  readonly action: string;
  readonly closed: 'closed' | 'open';
};

export function TokensCard({ words, tokens, action, closed }: TokensCardProps) {
  const { people } = words;
  return (
    <section class="card stack">
      <h2>{people.tokens}</h2>
      <p class="small soft">{people.tokensLead}</p>
      {tokens.length === 0 ? <p class="small">{people.noTokens}</p> : null}
      <ul class="plain-list">
        {tokens.map(({ id, name, createdAt, revokedAt }) => (
          <li class="row wrap">
            <span class="grow">
              {name}{' '}
              <span class="small soft">
                {people.created} {formatTime(createdAt, words.lang)}
              </span>
            </span>
            {revokedAt !== null ? (
              <span class="badge offline">{people.revoked}</span>
            ) : (
              <form method="post" action={`${action}/${id}/revoked`}>
                <button class="btn small" type="submit">
                  {people.revoke}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {closed === 'closed' ? null : (
        <form class="stack" method="post" action={action}>
          <div class="field">
            <label for="f-token-name">{people.tokenName}</label>
            <input id="f-token-name" name="name" required />
          </div>
          <button class="btn" type="submit">
            {people.issueToken}
          </button>
        </form>
      )}
    </section>
  );
}
