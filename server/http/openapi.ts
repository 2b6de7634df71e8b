// Writes the OpenAPI document from the routes that exist, the permission table and one description a route.
import { z } from 'zod';

export type Operation = {
  readonly summary: string;
  readonly tag: string;
  /** The body, as the route itself checks it. */
  readonly body?: z.ZodType;
  readonly bodyType?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly answer?: z.ZodType;
  readonly answerType?: string;
  /** The status of success when it is not 200. */
  readonly status?: number;
};

/** `METHOD path` as registered → what it does. */
export type Operations = Readonly<Record<string, Operation>>;

export type DescribedRoute = {
  readonly method: string;
  readonly path: string;
  readonly roles: readonly string[] | 'everyone';
};

/** OpenAPI 3.1. Every route given must have its operation; a missing one is a bug that a test finds. */
export function openApiDocument(
  routes: readonly DescribedRoute[],
  operations: Operations,
  origin: string,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const operation = operations[`${route.method} ${route.path}`];
    if (operation === undefined) throw new Error(`The route ${route.method} ${route.path} is not described.`);
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route, operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bright Kitchen',
      version: '1',
      description: 'Food traceability and bright-kitchen review. Errors are RFC 9457 problem documents.',
    },
    servers: [{ url: origin }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'bk_session' },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        properties: { place: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

function describe(route: DescribedRoute, operation: Operation): Record<string, unknown> {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const problem = {
    description: 'A refusal',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    summary: operation.summary,
    tags: [operation.tag],
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+(\w?)/g, (_all, letter: string) => letter.toUpperCase())}`,
    security: route.roles === 'everyone' ? [] : [{ token: [] }, { session: [] }],
    ...(route.roles === 'everyone' ? {} : { 'x-roles': route.roles }),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(operation.query ?? {}).map(([name, description]) => ({
        name,
        in: 'query',
        description,
        schema: { type: 'string' },
      })),
    ],
    ...bodyOf(operation),
    responses: {
      [String(operation.status ?? 200)]: {
        description: 'Done',
        content: {
          [operation.answerType ?? 'application/json']: {
            schema: operation.answer === undefined ? {} : jsonSchema(operation.answer, 'output'),
          },
        },
      },
      '4XX': problem,
    },
  };
}

function bodyOf({ body, bodyType }: Operation): Record<string, unknown> {
  if (body === undefined && bodyType === undefined) return {};
  const schema = body === undefined ? {} : jsonSchema(body, 'input');
  return { requestBody: { required: true, content: { [bodyType ?? 'application/json']: { schema } } } };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
}
