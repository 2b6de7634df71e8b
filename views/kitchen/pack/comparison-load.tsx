// What a candidate would cost and ask of people, and how well its scores are calibrated.

import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { CalibrationTable, oldToNew } from './comparison-costs.tsx';
import type { Ready, ViolationView } from './comparison-view.ts';
import { Tile } from './pack-parts.tsx';

// Below this a share of a thousand is made of a handful of frames.
const fewLiveFrames = 300;

export function Workload({ words, figures, fresh }: Ready) {
  const text = words.packs;
  const { load, seconds, secondsPerDecision } = figures;
  return (
    <section class="card stack">
      <h2>{text.loadTitle}</h2>
      <p class="small soft">{text.loadLead}</p>
      {load.frames === 0 ? (
        <p class="soft">{text.noLive}</p>
      ) : (
        <>
          <dl class="tiles">
            <Tile label={text.flagsPerThousand} value={oldToNew(load.flagsPerThousand, 1)} unit={text.flagsUnit} />
            <Tile
              label={text.secondsPerThousand}
              value={oldToNew(seconds, 0)}
              unit={text.seconds}
              note={secondsPerDecision === undefined ? text.noPace : text.paceUsed(formatNumber(secondsPerDecision, 1))}
            />
            <Tile
              label={text.shadowFrames}
              value={String(load.frames)}
              note={text.leftOutOf(fresh.leftOut, fresh.failed)}
            />
          </dl>
          {load.frames < fewLiveFrames ? <p class="note is-warn">{text.fewLive(load.frames)}</p> : null}
          <LoadTable words={words} violations={figures.violations} />
        </>
      )}
    </section>
  );
}

function LoadTable({ words, violations }: { words: Texts; violations: readonly ViolationView[] }) {
  const text = words.packs;
  return (
    <table class="num-table">
      <thead>
        <tr>
          <th scope="col">{text.violation}</th>
          <th scope="col" class="right">
            {text.flagsPerThousand}
          </th>
          <th scope="col" class="right">
            {text.hits}
          </th>
        </tr>
      </thead>
      <tbody>
        {violations.map(({ name, load }) => (
          <tr>
            <th scope="row">{name}</th>
            <td class="right nowrap">{oldToNew(load.flagsPerThousand, 1)}</td>
            <td class="right nowrap">
              {load.old.hits} → {load.new.hits}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Calibration({ words, figures }: Ready) {
  const text = words.packs;
  const drawn = figures.violations.filter(({ calibration }) => calibration.old.length + calibration.new.length > 0);
  return (
    <section class="card">
      <div class="card-head">
        <h2>{text.calibrationTitle}</h2>
        <span class="small soft">{text.calibrationLead}</span>
      </div>
      {drawn.length === 0 ? <p class="soft">{text.noCalibration}</p> : null}
      <div class="curves">
        {drawn.map((line) => (
          <CalibrationTable words={words} name={line.name} bins={line.calibration} />
        ))}
      </div>
    </section>
  );
}
