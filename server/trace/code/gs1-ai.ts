// The GS1 Application Identifiers: format of each value, where a separator follows, and what may stand in a Digital Link
// (GS1 General Specifications §3.2; GS1 Digital Link URI Syntax §4).

import { type LintName, passesLint } from './gs1-lint.ts';

type CharacterSet = 'n' | 'x' | 'y' | 'z';

type Part = {
  readonly set: CharacterSet;
  readonly shortest: number;
  readonly longest: number;
  readonly optional: boolean;
  readonly lints: readonly LintName[];
};

export type ApplicationIdentifier = {
  readonly ai: string;
  readonly parts: readonly Part[];
  /** Length of the value where it never varies and so needs no FNC1 after it, else undefined. */
  readonly fixedLength: number | undefined;
};

/** What is wrong with a value: its length, its characters, or the rule it breaks. */
export type ValueFault = 'length' | 'characters' | LintName;

/**
 * Formats and the identifiers that have them. `n6` is six digits, `x..20` one to twenty of CSET 82, `y` of CSET 39, `z` of
 * base64url; `?` marks a part that may be missing, `:` its content rules. `310*` stands for 3100 to 3105.
 */
const formats: Readonly<Record<string, string>> = {
  'n18:csum,gcppos2': '00',
  'n14:csum,gcppos2': '01 02 03',
  'n13:csum,gcppos1': '410 411 412 413 414 415 416 417',
  'n17:csum,gcppos1': '402',
  'n18:csum,gcppos1': '8017 8018',
  'n14:csum,gcppos2 n4:pieceoftotal': '8006 8026',
  'n13:csum,gcppos1 ?x..17': '253',
  'n13:csum,gcppos1 ?n..12': '255',
  'n1:zero n13:csum,gcppos1 ?x..16': '8003',
  'x..30:gcppos1': '401 7023 8004',
  'y..30:gcppos1': '8010',
  'x..25:csumalpha,gcppos1': '8013',
  'x..25:csumalpha,gcppos1,hasnondigit': '8014',
  n2: '20',
  n4: '3940 3941 3942 3943 8111',
  n6:
    '310* 311* 312* 313* 314* 315* 316* 320* 321* 322* 323* 324* 325* 326* 327* 328* 329* 330* 331* 332* 333* 334* ' +
    '335* 336* 337* 340* 341* 342* 343* 344* 345* 346* 347* 348* 349* 350* 351* 352* 353* 354* 355* 356* 357* 360* ' +
    '361* 362* 363* 364* 365* 366* 367* 368* 369* 395* 8005',
  n13: '7001',
  n15: '8040 8041',
  n32: '8042',
  'n..4': '7004',
  'n..6': '242',
  'n..8': '30 37',
  'n..10': '8019',
  'n..12:nozeroprefix': '8011',
  'n..15': '390# 392#',
  'n3:iso4217 n..15': '391# 393#',
  'n18 ?n..2': '8043',
  'n6:yymmd0': '11 12 13 15 16 17',
  'n6:yymmdd': '4326 7006',
  'n6:yymmdd ?n6:yymmdd': '7007',
  'n6:yymmdd ?n4:hhmi': '7011',
  'n6:yymmdd n4:hhmi': '7003',
  'n6:yymmd0 n4:hhmi': '4324 4325',
  'n6:yymmdd n2:hh ?n2:mi ?n2:ss': '8008',
  'n8:yyyymmdd': '7250',
  'n8:yyyymmdd n4:hhmi': '7251',
  'n3:iso3166': '422 424 426',
  'n3:iso3166 x..9': '421',
  'n3:iso3166 ?n3:iso3166 ?n3:iso3166 ?n3:iso3166 ?n3:iso3166': '423 425',
  'n3:iso3166999 x..27': '7030 7031 7032 7033 7034 7035 7036 7037 7038 7039',
  'x2:iso3166alpha2': '4307 4317',
  'n10:latitude n10:longitude': '4309',
  'n6 ?x1:hyphen': '4330 4331 4332 4333',
  'n1:yesno': '4321 4322 4323',
  'n2:mediatype': '7241',
  'n1:iso5218': '7252',
  'x3:posinseqslash': '7258',
  'n1 x1 x1 x1:importeridx': '7040',
  'n4:nonzero n5:nonzero n3:nonzero n1:winding n1': '8001',
  'x2 x..28': '7230 7231 7232 7233 7234 7235 7236 7237 7238 7239',
  'x..2': '7010',
  'x..3': '427 7008',
  'x..4:packagetype': '7041',
  'x..10': '7009 7255',
  'x..12': '7005',
  'x..20': '10 21 22 243 254 420 4318 7020 7021 7022 710 711 712 713 714 715 716 717 7240 8002 8012',
  'x..25': '7242 8020',
  'x..28': '235',
  'x..30': '240 241 250 251 400 403 4308 4319 7002 90',
  'x..34:iban': '8007',
  'x..35:pcenc': '4300 4301 4310 4311 4320',
  'x..40:pcenc': '7253 7254 7259',
  'x..50': '8009',
  'x..70': '8200',
  'x..70:couponcode': '8110',
  'x..70:couponposoffer': '8112',
  'x..70:pcenc': '4302 4303 4304 4305 4306 4312 4313 4314 4315 4316 7257',
  'x..90': '91 92 93 94 95 96 97 98 99',
  'x..90:pcenc': '7256',
  'z..90': '8030',
};

/** First two digits of the identifiers whose length a scanner knows, so that no separator follows (§7.8.5). */
const lengthKnown = new Set('00 01 02 03 04 11 12 13 14 15 16 17 18 19 20 31 32 33 34 35 36 41'.split(' '));

/** Digital Link: each primary key and the qualifiers it may have, in order; alternatives never mix. */
export const primaryKeys: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['00', [[]]],
  ['01', [['22', '10', '21'], ['235']]],
  ['253', [[]]],
  ['255', [[]]],
  ['401', [[]]],
  ['402', [[]]],
  ['414', [['254'], ['7040']]],
  ['415', [['8020']]],
  ['417', [['7040']]],
  ['8003', [[]]],
  ['8004', [['7040']]],
  ['8006', [['22', '10', '21']]],
  ['8010', [['8011']]],
  ['8013', [[]]],
  ['8017', [['8019']]],
  ['8018', [['8019']]],
]);

/** Identifiers that may not stand in the query of a Digital Link. */
const neverAttributes = new Set('03 21 22 235 254 7040 7041 8011 8014 8019 8020 8040 8041 8042 8043 8200'.split(' '));

const table = new Map(Object.entries(formats).flatMap(([format, list]) => identifiersOf(format, list)));

export function applicationIdentifier(ai: string): ApplicationIdentifier | undefined {
  return table.get(ai);
}

/** The identifier at a position of an unbracketed element string; identifiers are prefix-free. */
export function identifierAt(text: string, position: number): ApplicationIdentifier | undefined {
  for (let length = 2; length <= 4; length += 1) {
    const found = table.get(text.slice(position, position + length));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function mayBeAttribute(ai: string): boolean {
  return !neverAttributes.has(ai);
}

/** Checks a value against its identifier's format and content rules; undefined when it is right. */
export function valueFault(identifier: ApplicationIdentifier, value: string): ValueFault | undefined {
  let position = 0;
  for (const part of identifier.parts) {
    if (position === value.length && part.optional) return undefined;
    const piece = value.slice(position, position + part.longest);
    if (piece.length < part.shortest) return 'length';
    if (!passesLint(characterRules[part.set], piece)) return 'characters';
    const broken = part.lints.find((lint) => !passesLint(lint, piece));
    if (broken !== undefined) return broken;
    position += piece.length;
  }
  return position === value.length ? undefined : 'length';
}

const characterRules = { n: 'csetnumeric', x: 'cset82', y: 'cset39', z: 'cset64' } as const satisfies Record<
  CharacterSet,
  LintName
>;

function identifiersOf(format: string, list: string): [string, ApplicationIdentifier][] {
  const parts = format.split(' ').map(partOf);
  const length = parts.every((part) => part.shortest === part.longest && !part.optional)
    ? parts.reduce((sum, part) => sum + part.longest, 0)
    : undefined;
  return list.split(' ').flatMap((entry) => {
    const lasts = entry.endsWith('*') ? 6 : entry.endsWith('#') ? 10 : 0;
    const all = lasts === 0 ? [entry] : Array.from({ length: lasts }, (_, last) => `${entry.slice(0, -1)}${last}`);
    return all.map((ai): [string, ApplicationIdentifier] => [
      ai,
      { ai, parts, fixedLength: lengthKnown.has(ai.slice(0, 2)) ? length : undefined },
    ]);
  });
}

function partOf(text: string): Part {
  const [, optional, set, upTo, digits, lints] = /^(\??)([nxyz])(\.\.)?(\d+)(?::(.+))?$/.exec(text) ?? [];
  if (set === undefined || digits === undefined) throw new Error(`not a format: ${text}`);
  return {
    set: set as CharacterSet,
    shortest: upTo === undefined ? Number(digits) : 1,
    longest: Number(digits),
    optional: optional === '?',
    lints: (lints?.split(',') ?? []) as LintName[],
  };
}
