// Which identifiers need another beside them and which exclude each other (GS1 General Specifications §4.13 and §4.14).
import type { Element } from './gs1-element-string.ts';

export type AssociationFault = {
  readonly fault: 'incomplete' | 'excluded' | 'contradicts';
  /** The identifier that may not stand as it does. */
  readonly ai: string;
  /** `incomplete`: each alternative that would do, as `01` or `01+21`; else the one identifier it does not go with. */
  readonly others: readonly string[];
};

/** `01+21,02` means (01) with (21), or (02); `31nn` any of 3100 to 3199. Right: the identifiers that need it. */
const required: Readonly<Record<string, string>> = {
  '01': '22 235 337n 710 711 712 713 714 715 716 717 8001 8014 8200',
  '00': '403 4300 4301 4302 4304 4305 4306 4307 4308 4309 4310 4311 4312 4314 4315 4316 4317 4318 4319 4320 4321 4322 4323 4324 4325 4326 4330 4331 4332 4333 7041',
  '4302': '4303',
  '4312': '4313',
  '414': '254',
  '415': '8007 8020',
  '255': '394n 8111',
  '8010': '8011',
  '8018': '7250 7251 7252 7257 7259',
  '8020': '12 391n 415',
  '37': '02 8026',
  '00,01':
    '330n 331n 332n 333n 334n 335n 336n 340n 341n 342n 343n 344n 345n 346n 347n 348n 349n 353n 354n 355n 362n 363n 367n 368n 369n',
  '00,01,03': '8009',
  '00+02,00+8026': '37',
  '01,02':
    '30 310n 311n 312n 313n 314n 315n 316n 320n 321n 322n 323n 324n 325n 326n 327n 328n 329n 350n 351n 352n 356n 357n ' +
    '360n 361n 364n 365n 366n 7002 7005 7006 7007 7008 7009 703n 8005',
  '01,03': '243',
  '01,02,03': '423 424 425 426 7003 7010 7011 8008',
  '01,02,8006,8026': '242 7001',
  '01,02,03,8006,8026': '10 11 13 15 16 20 240 241 422',
  '01,02,03,255,8006,8026': '17',
  '01,03,8006': '21 251 7021 8012',
  '01,8006': '7240',
  '01,8004': '723n',
  '01+10,03+10': '7004',
  '01+21': '8040',
  '01+21+8040': '8041 8042 8043',
  '01+21,03+21,8006+21': '250',
  '01+416,03+416,8006+416': '7020',
  '01+7021,03+7021,8006+7021': '7022',
  '01+422,02+422,03+422': '427',
  '01+30,01+31nn,01+32nn,01+35nn,01+36nn': '392n',
  '30,31nn,32nn,35nn,36nn': '393n 395n',
  '255,8020': '390n',
  '8017,8018': '7241 7242 7253 7254 7255 7256 8019',
  '8018+7259': '7258',
  '00,01+21,03+21,253,255,8003,8004,8006+21,8010+8011,8017,8018': '8030',
};

/** Right: what does not go with the identifiers on the left, either way round. */
const exclusive: Readonly<Record<string, string>> = {
  '01': '02 03 255 37 8006',
  '02': '03 255 8026',
  '03': '37 235 7240 8006 8026',
  '21': '235',
  '37': '8006',
  '255': '415 8006 8020 8026',
  '390n': '391n 394n 8111',
  '392n': '393n 395n',
  '393n': '395n',
  '394n': '8111',
  '395n': '8005',
  '420': '421',
  '421': '4307',
  '422': '426',
  '423': '426',
  '424': '426',
  '425': '426',
  '4330': '4331',
  '4332': '4333',
  '7250': '7251',
  '7253': '7256 7259',
  '7254': '7256 7259',
  '7255': '7256 7259',
  '7256': '7259',
  '8006': '8026',
  '8017': '8018',
};

/** One measure in two precisions or currencies says two things. */
const oncePerFamily = /^(3[1-6]\d|39[0-5])\d$/;

/**
 * Every rule the elements of one symbol break, in their order. Needs are to be judged over all symbols of an item, so
 * `incomplete` is a hint where a second symbol may follow; the others are wrong in any case.
 */
export function associationFaults(elements: readonly Element[]): AssociationFault[] {
  const present = elements.map(({ ai }) => ai);
  return elements.flatMap(({ ai, value }, at): AssociationFault[] => {
    const before = elements.slice(0, at);
    const again = before.find((other) => (other.ai === ai && other.value !== value) || sameFamily(other.ai, ai));
    if (again !== undefined) return [{ fault: 'contradicts', ai, others: [again.ai] }];
    const clash = before.find((other) => excludes(other.ai, ai) || excludes(ai, other.ai));
    if (clash !== undefined) return [{ fault: 'excluded', ai, others: [clash.ai] }];
    const needs = needsOf(ai);
    if (needs.length === 0 || needs.some((need) => isMet(need, present))) return [];
    return [{ fault: 'incomplete', ai, others: needs }];
  });
}

function sameFamily(a: string, b: string): boolean {
  return a !== b && oncePerFamily.test(a) && a.slice(0, 3) === b.slice(0, 3);
}

function excludes(a: string, b: string): boolean {
  return strangersOf(a).some((pattern) => fits(pattern, b));
}

const strangers = new Map<string, readonly string[]>();

function strangersOf(ai: string): readonly string[] {
  const known = strangers.get(ai);
  if (known !== undefined) return known;
  const found = Object.entries(exclusive).flatMap(([left, right]) => (fits(left, ai) ? right.split(' ') : []));
  strangers.set(ai, found);
  return found;
}

function needsOf(ai: string): string[] {
  const found = Object.entries(required).find(([, list]) => list.split(' ').some((pattern) => fits(pattern, ai)));
  return found === undefined ? [] : found[0].split(',');
}

function isMet(need: string, present: readonly string[]): boolean {
  return need.split('+').every((pattern) => present.some((ai) => fits(pattern, ai)));
}

function fits(pattern: string, ai: string): boolean {
  return pattern.length === ai.length && [...pattern].every((digit, at) => digit === 'n' || digit === ai.charAt(at));
}
