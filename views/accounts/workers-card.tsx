// The workers on other machines, by name: who looks, how fast, and who has gone silent.
import { Icon } from '../parts/icon.tsx';
import { formatTime } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';

/** A process that looks at cameras for this server. */
export type WorkerView = {
  readonly name: string;
  readonly eyes: number;
  readonly looksPerMinute: number;
  readonly dropped: number;
  readonly state: 'looks' | 'silent' | 'other-packs';
  /** When it last gave a sign, ms since 1970. */
  readonly heardAt: number;
};

const badges = { looks: 'badge online', silent: 'badge silent', 'other-packs': 'badge refused' } as const;

export function WorkersCard({ words, known }: { readonly words: Texts; readonly known: readonly WorkerView[] }) {
  const text = words.health;
  return (
    <section class="card" id="workers">
      <div class="card-head">
        <h2>{text.workersTitle}</h2>
      </div>
      {known.length === 0 ? (
        <p class="empty">
          <Icon name="alert" />
          <span>
            {text.noWorkers} <code>npm run worker</code>
          </span>
        </p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{text.worker}</th>
              <th scope="col">{text.state}</th>
              <th scope="col" class="right">
                {text.eyes}
              </th>
              <th scope="col" class="right">
                {text.looks}
              </th>
              <th scope="col" class="right">
                {text.dropped}
              </th>
            </tr>
          </thead>
          <tbody>
            {known.map((worker) => (
              <tr>
                <th scope="row">{worker.name}</th>
                <td data-l={text.state}>
                  <span class={badges[worker.state]}>
                    {text.workerState[worker.state](formatTime(worker.heardAt, words.lang))}
                  </span>
                </td>
                <td data-l={text.eyes} class="right">
                  {worker.eyes}
                </td>
                <td data-l={text.looks} class="right">
                  {worker.looksPerMinute}
                </td>
                <td data-l={text.dropped} class="right">
                  {worker.dropped}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
