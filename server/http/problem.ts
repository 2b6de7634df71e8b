// The closed list of refusals, and what each one is over HTTP; every refusal in the program is one of these.

/** One fault of an input: where it is, which kind, and what was found there. */
export type Fault = {
  /** JSON pointer, XML path, CSV cell (`row 4, column lot`) or form field name. */
  readonly place: string;
  /** A stable word a program can branch on. */
  readonly code: string;
  /** English sentence for a person, saying what was found and what was expected. */
  readonly detail: string;
};

type ProblemKind = { readonly status: number; readonly title: string };

export const problemKinds = {
  invalid_input: { status: 400, title: 'The input has faults' },
  not_signed_in: { status: 401, title: 'Sign in first' },
  wrong_credentials: { status: 401, title: 'The name and password do not match' },
  forbidden: { status: 403, title: 'This role may not do that' },
  whole_city_only: { status: 403, title: 'This concerns the whole city; you oversee a district of it' },
  second_factor_needed: { status: 403, title: 'This role signs in with a second factor here' },
  cross_site: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'Nothing is kept under this address' },
  method_not_allowed: { status: 405, title: 'This address does not answer that method' },
  not_acceptable: { status: 406, title: 'None of the asked-for formats can be given' },
  conflict: { status: 409, title: 'The state has changed in between' },
  duplicate: { status: 409, title: 'This is already recorded' },
  too_large: { status: 413, title: 'The body is larger than the limit' },
  wrong_media_type: { status: 415, title: 'This content type is not taken here' },
  unreadable_picture: { status: 422, title: 'The picture cannot be read' },
  unreachable_camera: { status: 422, title: 'The camera gave no picture' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  not_implemented: { status: 501, title: 'This part of the standard is not offered' },
  busy: { status: 503, title: 'Busy; try again shortly' },
  storage_full: { status: 507, title: 'The disk is full; nothing was stored' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

export type ProblemOptions = {
  /** What was found and what to do next, for a person. */
  readonly detail?: string;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** A `type` of another standard (EPCIS names its own exceptions). */
  readonly type?: string;
};

/** An expected refusal. Anything else that is thrown is a bug and reaches `onError` as "internal". */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? problemKinds[code].title);
    this.name = 'Problem';
    this.code = code;
    this.options = options;
  }

  get status(): number {
    return problemKinds[this.code].status;
  }

  get faults(): readonly Fault[] {
    return this.options.faults ?? [];
  }
}

/** The same body as XML (RFC 9457, appendix B); lists stand as `i` elements. */
export function problemXml(body: Readonly<Record<string, unknown>>): string {
  const inside = Object.entries(body).map(([name, value]) => xmlElement(name, value));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<problem xmlns="urn:ietf:rfc:7807">${inside.join('')}</problem>\n`;
}

function xmlElement(name: string, value: unknown): string {
  if (Array.isArray(value)) return `<${name}>${value.map((one) => xmlElement('i', one)).join('')}</${name}>`;
  if (typeof value === 'object' && value !== null) {
    const inside = Object.entries(value).map(([key, one]) => xmlElement(key, one));
    return `<${name}>${inside.join('')}</${name}>`;
  }
  return `<${name}>${xmlText(String(value ?? ''))}</${name}>`;
}

/** What XML cannot hold at all is replaced; what it reads as markup is escaped. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The RFC 9457 body of a problem. */
export function problemBody(problem: Problem): Record<string, unknown> {
  const { detail, faults, type } = problem.options;
  return {
    type: type ?? `https://bright-kitchen.example/problems/${problem.code}`,
    title: problemKinds[problem.code].title,
    status: problem.status,
    code: problem.code,
    ...(detail === undefined ? {} : { detail }),
    ...(faults === undefined || faults.length === 0 ? {} : { faults }),
  };
}
