// Makes the result of a draw public, with everything that is needed to draw it again.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { drawById, maySeeDraw } from './draw-store.ts';

/** Throws Problem `not_found`; `conflict` before the draw, `duplicate` the second time. */
export function publishDraw({ db, clock }: Pick<Deps, 'db' | 'clock'>, caller: Caller, id: number): void {
  writeTransaction(db, () => {
    const draw = drawById(db, id);
    if (draw === undefined || !maySeeDraw(caller, draw)) throw new Problem('not_found');
    if (draw.state !== 'drawn') throw new Problem('conflict', { detail: 'Draw the lots first.' });
    if (draw.publishedAt !== null) throw new Problem('duplicate', { detail: 'The result is public already.' });
    const at = clock();
    db.sqlite.prepare('UPDATE draw SET published_at = ? WHERE id = ?').run(at, id);
    appendEntry(db, { kind: 'draw', subject: `draw/${id}`, body: { step: 'published', by: caller.id }, at });
  });
}
