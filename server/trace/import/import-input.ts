// What a request to import brings: the sheet as body, file, draft or pasted text, and what is said of it.
import type { Context } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { headingName } from '../sheet/heading-name.ts';
import { headingChoicesOf, isMeaning } from './heading-choice-store.ts';
import { type HeadingChoices, type HeadingMeaning, newChoices } from './heading-map.ts';
import type { SheetChoices } from './lot-sheet.ts';
import { importOf, sheetOfImport } from './sheet-import-store.ts';

export type SentImport = {
  readonly bytes: Buffer;
  readonly name: string;
  /** Where it came from; a file is kept as a draft, a draft is kept already. */
  readonly from: 'body' | 'file' | 'text' | { readonly draft: string };
  readonly preview: 'preview' | 'take';
  readonly choices: SheetChoices;
};

/** Throws Problem `wrong_media_type`, or `invalid_input` for a form or choices that cannot be read. */
export async function sentImport(c: Context<Env>, { db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<SentImport> {
  const sent = await readSent(c, db);
  return { ...sent, choices: { ...sent.choices, now: clock() } };
}

async function readSent(c: Context<Env>, db: Db): Promise<SentImport> {
  const type = c.req.header('content-type') ?? '';
  const remembered = headingChoicesOf(db, signedInCaller(c));
  if (
    /^(text\/(csv|plain|tab-separated-values)|application\/(octet-stream|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet|vnd\.ms-excel))/.test(
      type,
    )
  ) {
    return {
      bytes: Buffer.from(await c.req.arrayBuffer()),
      name: c.req.query('name') ?? '',
      from: 'body',
      preview: isOn(c.req.query('preview')) ? 'preview' : 'take',
      choices: choicesOf((name) => c.req.query(name), {}, remembered),
    };
  }
  if (!type.startsWith('multipart/form-data') && !type.startsWith('application/x-www-form-urlencoded')) {
    throw new Problem('wrong_media_type', { detail: 'Send text/csv, an .xlsx, or a form with a file.' });
  }
  return sentForm(c, db, remembered);
}

async function sentForm(c: Context<Env>, db: Db, remembered: HeadingChoices): Promise<SentImport> {
  const form = await c.req.parseBody().catch(() => {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  });
  const field = (name: string) => (typeof form[name] === 'string' ? form[name] : c.req.query(name));
  const said = Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const common = {
    preview: isOn(field('preview')) ? ('preview' as const) : ('take' as const),
    choices: choicesOf(field, headingFields(said), remembered),
  };
  const file = Object.values(form).find((value): value is File => value instanceof File && value.size > 0);
  if (file !== undefined)
    return { ...common, bytes: Buffer.from(await file.arrayBuffer()), name: file.name, from: 'file' };
  const text = field('csv') ?? '';
  const draft = field('draft') ?? '';
  if (draft === '' || text.trim() !== '') return { ...common, bytes: Buffer.from(text), name: '', from: 'text' };
  const kept = importOf(db, draft, signedInCaller(c));
  return { ...common, bytes: sheetOfImport(db, kept.id).bytes, name: kept.name, from: { draft } };
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** `heading.菜名=product` of the page. */
function headingFields(said: readonly (readonly [string, string])[]): Record<string, HeadingMeaning> {
  const fields = said.filter(([name, value]) => name.startsWith('heading.') && isMeaning(value));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice('heading.'.length), value as HeadingMeaning]));
}

function choicesOf(
  field: (name: string) => string | undefined,
  said: Readonly<Record<string, HeadingMeaning>>,
  remembered: HeadingChoices,
): SheetChoices {
  const sheet = field('sheet');
  const given = { ...said, ...columnsSaid(field('columns')) };
  return {
    sheet: sheet === undefined || sheet === '' ? undefined : sheet,
    headings: { ...remembered, ...newChoices(given, remembered) },
    doubts: field('doubts') === 'take' ? 'take' : 'stop',
  };
}

/** `{"菜名":"product","备注":"ignore"}` of a program. */
function columnsSaid(text: string | undefined): Record<string, HeadingMeaning> {
  if (text === undefined || text.trim() === '') return {};
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    throw unreadable(`columns is a JSON object of headings and what they hold: ${(error as Error).message}`);
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    throw unreadable('columns is a JSON object of headings and what they hold.');
  return Object.fromEntries(
    Object.entries(said).map(([heading, value]) => {
      const meaning = value === 'ignore' ? 'idle' : value;
      if (typeof meaning !== 'string' || !isMeaning(meaning))
        throw unreadable(
          `${heading} is said to be ${String(value).slice(0, 40)}, which is no column; ignore leaves it out.`,
        );
      return [headingName(heading).plain, meaning];
    }),
  );
}

function unreadable(detail: string): Problem {
  return new Problem('invalid_input', {
    faults: [{ place: 'columns', code: 'unknown_value', detail: detail.slice(0, 300) }],
  });
}
