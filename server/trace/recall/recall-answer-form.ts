// Reads a holder's answer to a recall, from JSON or from the form with its photo.

import type { Context } from 'hono';
import { z } from 'zod';
import { PictureRefusal } from '../../../inference/picture-refusal.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, jsonBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { takePhoto } from '../../sight/take-photo.ts';
import { inUnit, unitWord } from '../code/unit-word.ts';
import { unsureFault } from '../lot/asked-lot-store.ts';
import { searchLot } from '../lot/lot-store.ts';
import type { AnswerLine } from './answer-recall.ts';
import { answerActions } from './recall-tables.ts';

const quantity = z.coerce.number().min(0).max(1e12);

const lineSchema = z.object({
  /** Any spelling of a lot in the recall's scope; the recalled lot itself when left out. */
  code: z.string().trim().min(1).max(2_048).optional(),
  action: z.enum(answerActions),
  quantity: quantity.optional(),
  unit: z.string().trim().min(1).max(40).optional(),
  note: z.string().trim().max(2_000).optional(),
});

/** `site`: which of the caller's places answers; left out when only one of them is concerned. */
export const answerSchema = z.union([
  lineSchema.extend({ site: z.string().max(200).optional() }),
  z.object({ site: z.string().max(200).optional(), lines: z.array(lineSchema).min(1).max(200) }),
]);

export type ReadAnswer = { readonly site: string | undefined; readonly lines: readonly AnswerLine[] };

type FormDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'eye' | 'log'>;

/** Throws Problem naming every fault; a photo that is none is refused before anything is stored. */
export async function readRecallAnswer(c: Context<Env>, deps: FormDeps): Promise<ReadAnswer> {
  if ((c.req.header('content-type') ?? '').includes('json'))
    return answerOf(deps, check(answerSchema, await jsonBody(c)), undefined);
  const form = await c.req.parseBody().catch(() => {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  });
  const texts = Object.entries(form).filter(
    ([name, value]) => typeof value === 'string' && value.trim() !== '' && name !== 'photo',
  );
  const answer = check(lineSchema.extend({ site: z.string().max(200).optional() }), Object.fromEntries(texts));
  const photo = form['photo'];
  return answerOf(
    deps,
    answer,
    photo instanceof File && photo.size > 0 ? Buffer.from(await photo.arrayBuffer()) : undefined,
  );
}

async function answerOf(
  deps: FormDeps,
  answer: z.output<typeof answerSchema>,
  photo: Buffer | undefined,
): Promise<ReadAnswer> {
  const lines = 'lines' in answer ? answer.lines : [answer];
  const photoHash = photo === undefined ? undefined : await photoOf(deps, photo);
  return {
    site: answer.site,
    lines: lines.map(({ code, action, note, ...typed }, index) => ({
      action,
      ...(code === undefined
        ? {}
        : { lotId: lotIdOf(deps, code, 'lines' in answer ? `/lines/${index}/code` : '/code') }),
      ...inCode(typed),
      ...(note === undefined ? {} : { note }),
      ...(photoHash === undefined ? {} : { photoHash }),
    })),
  };
}

/** As the books count: a unit of people's own, such as 市斤, is a number of the standard's. An unknown one is refused later. */
function inCode({ quantity: typed, unit }: { quantity?: number | undefined; unit?: string | undefined }) {
  const word = unit === undefined ? undefined : unitWord(unit);
  return {
    ...(typed === undefined ? {} : { quantity: word === undefined ? typed : inUnit(typed, word) }),
    ...(unit === undefined ? {} : { unit: word?.code ?? unit }),
  };
}

function lotIdOf({ db }: Pick<Deps, 'db'>, code: string, place: string): number {
  const search = searchLot(db, code);
  if (search.found === 'one') return search.lot.id;
  if (search.found === 'unsure') throw new Problem('invalid_input', { faults: [unsureFault(search.readings, place)] });
  throw new Problem('invalid_input', {
    faults: [{ place, code: 'unknown_lot', detail: 'No lot is registered under this code.' }],
  });
}

async function photoOf(deps: FormDeps, photo: Buffer): Promise<string> {
  try {
    return (await takePhoto(deps, photo)).hash;
  } catch (error) {
    if (!(error instanceof PictureRefusal)) throw error;
    throw new Problem('unreadable_picture', { faults: [{ place: '/photo', code: error.code, detail: error.message }] });
  }
}
