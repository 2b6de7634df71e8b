// Which packs were active when, and why they were changed.
import { formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { percentOf } from './pack-shadow.tsx';
import type { PacksView, StepView } from './packs-view.ts';

export function History({ words, steps }: PacksView) {
  const text = words.packs;
  if (steps.length === 0) return null;
  return (
    <section class="card">
      <h2>{text.history}</h2>
      <ol class="happenings">
        {steps.map((step) => (
          <li class={step.kind === 'fell_back' ? 'bad' : undefined}>
            <time class="small faint">{formatTime(step.at, words.lang)}</time>
            <span>
              {text.steps[step.kind]} <b>{text.set(step.setId)}</b>
              <span class="note-line small soft">
                {step.byName ?? text.byProgram}
                {step.reason === null ? null : ` · ${reasonText(words, step)}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function reasonText(words: Texts, { kind, reason }: StepView): string {
  return kind === 'shadow_started' ? words.packs.shareLine(percentOf(Number(reason))) : (reason ?? '');
}
