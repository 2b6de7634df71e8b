// The grade of a place as at its door: a face and a letter, never the colour alone.
import type { Texts } from '../../text/texts.ts';

export type GradeName = 'A' | 'B' | 'C';

const mouths: Readonly<Record<GradeName, string>> = {
  A: 'M7 13.5 Q12 21 17 13.5 Z',
  B: 'M7.5 14.5 Q12 18.5 16.5 14.5',
  C: 'M7.5 16 H16.5',
};
const tones: Readonly<Record<GradeName, string>> = { A: 'var(--good)', B: 'var(--accent)', C: 'var(--warn)' };

export function GradeFace({ words, grade, size = 28 }: { words: Texts; grade: GradeName; size?: number }) {
  return (
    <span class="grade">
      <svg viewBox="0 0 24 24" width={size} height={size} role="img" aria-label={words.risk.grades[grade]}>
        <g fill="none" stroke={tones[grade]} stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">
          <circle cx="12" cy="12" r="10" />
          <path d={mouths[grade]} fill={grade === 'A' ? tones[grade] : 'none'} />
          <path d="M8.5 9v.5M15.5 9v.5" stroke-width="2.6" />
        </g>
      </svg>{' '}
      <b>{grade}</b>
    </span>
  );
}
