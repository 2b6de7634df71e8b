// The cameras that have thresholds proposed from their verdicts, each with how many.
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import type { Named } from '../named.ts';
import { perDay, score } from './threshold-chart.tsx';

export type ProposalsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly cameras: readonly {
    readonly id: number;
    readonly place: Named;
    readonly restaurant: Named;
    readonly proposals: readonly {
      readonly violation: string;
      readonly name: string;
      readonly from: number;
      readonly to: number;
      readonly flags: readonly [number, number];
    }[];
  }[];
};

/** Every camera with something to decide. */
export function ProposalsPage({ words, here, viewer, cameras }: ProposalsView) {
  const text = words.learning.threshold;
  return (
    <Page words={words} title={text.listTitle} here={here} viewer={viewer} mainClass="narrow">
      <h1>{text.listTitle}</h1>
      <p class="soft">{text.lead}</p>
      {cameras.length === 0 ? (
        <section class="card empty">
          <Icon name="check" />
          <p>{text.nothingProposed}</p>
        </section>
      ) : null}
      {cameras.map((camera) => (
        <section class="card stack">
          <h2>
            <a href={`/cameras/${camera.id}/thresholds`}>
              {localName(words.lang, camera.restaurant)} · {localName(words.lang, camera.place)}
            </a>
          </h2>
          <ul>
            {camera.proposals.map(({ violation, name, from, to, flags }) => (
              <li>
                <a href={`/cameras/${camera.id}/thresholds#${violation}`}>{name}</a>
                {text.proposalLine(score(from), score(to), perDay(flags[0]), perDay(flags[1]))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
