// A camera's thresholds: the house's, its own, what the verdicts propose, and what either costs.

import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { score, ThresholdChart, ThresholdTable } from './threshold-chart.tsx';
import { Effect } from './threshold-effect.tsx';
import type { Lack, ThresholdFigures, ThresholdLine, ThresholdsView } from './thresholds-view.ts';

export function ThresholdsPage(view: ThresholdsView) {
  const { words, here, viewer, camera, restaurant, lines } = view;
  const text = words.learning.threshold;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer}>
      <header>
        <p class="small">
          <a href={`/cameras/${camera.id}`}>
            {localName(words.lang, restaurant)} · {localName(words.lang, camera.place)}
          </a>
        </p>
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <p class="small">
          <a href={`/cameras/${camera.id}/rules`}>{words.learning.zone.title}</a>
        </p>
      </header>
      {lines.length === 0 ? <p class="card soft">{text.nothingWatched}</p> : null}
      <div class="threshold-cards">
        {lines.map((line) => (
          <Card words={words} cameraId={camera.id} line={line} />
        ))}
      </div>
    </Page>
  );
}

type CardView = { readonly words: Texts; readonly cameraId: number; readonly line: ThresholdLine };

function Card({ words, cameraId, line }: CardView) {
  const text = words.learning.threshold;
  const { answer, name, here, house } = line;
  const asked = answer.kind === 'proposed';
  return (
    <section class={asked ? 'card rim stack' : 'card stack'} id={line.violation}>
      <div class="card-head">
        <h2>{name}</h2>
        <span class="small soft">{text.hereAndHouse(score(here), score(house))}</span>
      </div>
      {answer.kind === 'refused' ? (
        <Refused words={words} lacking={answer.lacking} />
      ) : (
        <>
          <Effect words={words} answer={answer} />
          <ThresholdChart words={words} points={answer.curve} now={here} proposed={answer.proposed} />
          <p class="small chart-key">
            <span class="key-flags">{text.flagsPerDay}</span> <span class="key-missed">{text.missedPerDay}</span>
          </p>
          {asked ? <Decide words={words} cameraId={cameraId} line={line} proposed={answer.proposed} /> : null}
          <ThresholdTable words={words} points={answer.curve} now={here} proposed={answer.proposed} />
          <p class="small faint">{basisText(words, answer.figures)}</p>
        </>
      )}
      <Last words={words} cameraId={cameraId} line={line} />
    </section>
  );
}

function basisText(words: Texts, figures: ThresholdFigures): string {
  const { ownJudged, houseJudged, audits, days, ownWeight } = figures;
  return words.learning.threshold.basis({
    ownJudged,
    houseJudged,
    audits,
    days,
    ownPercent: Math.round(ownWeight * 100),
  });
}

function Refused({ words, lacking }: { words: Texts; lacking: readonly Lack[] }) {
  const text = words.learning.threshold;
  return (
    <div class="note">
      <Icon name="info" />
      <div class="stack">
        <b>{text.tooFew}</b>
        <ul>
          {lacking.map(({ what, have, need }) => (
            <li>{text.lacks[what](have, need)}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Decide({ words, cameraId, line, proposed }: CardView & { proposed: number }) {
  const text = words.learning.threshold;
  return (
    <form class="row" method="post" action={`/cameras/${cameraId}/thresholds/${line.violation}`}>
      <input type="hidden" name="proposed" value={String(proposed)} />
      <button type="submit" class="btn main" name="decision" value="taken">
        {text.take(score(proposed))}
      </button>
      <button type="submit" class="btn" name="decision" value="dismissed">
        {text.dismiss}
      </button>
    </form>
  );
}

function Last({ words, cameraId, line: { violation, last } }: CardView) {
  if (last === undefined) return null;
  const text = words.learning.threshold;
  const when = formatMoment(last.at, words.lang);
  return (
    <form class="row small" method="post" action={`/cameras/${cameraId}/thresholds/${violation}`}>
      <span class="soft">
        {last.decision === 'taken'
          ? text.taken(score(last.before), score(last.proposed), when)
          : text.dismissed(score(last.proposed), when)}
      </span>
      <button type="submit" class="link-button" name="decision" value="undone">
        {words.common.undo}
      </button>
    </form>
  );
}
