import type { JsonValue } from '../../core/json.ts';
import { CLASS_NAME, DOTTED_NAME, FULL_NAME, PLAIN_NAME, WORDS } from './knowledge-keys.ts';

type Schema = Readonly<Record<string, JsonValue>>;

const NAME: Schema = { type: 'string', pattern: DOTTED_NAME };
const CALLABLE: Schema = { type: 'string', pattern: FULL_NAME };
/** A list, or one text. */
const NAMES: Schema = { anyOf: [NAME, { type: 'array', items: NAME }] };
const WORD_LIST: Schema = {
  anyOf: [
    { type: 'string', pattern: '^[A-Za-z_]\\w*(\\s+[A-Za-z_]\\w*)*$' },
    { type: 'array', minItems: 1, items: { type: 'string', pattern: PLAIN_NAME } },
  ],
};

/** JSON schema of the `knowledge` map. */
export const KNOWLEDGE_SCHEMA: Schema = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    blocking: {
      type: ['array', 'null'],
      items: { anyOf: [CALLABLE, blockingSchema()] },
      description: 'Calls that hold their thread. A class stands for all of its methods.',
    },
    raises: {
      type: ['object', 'null'],
      propertyNames: { pattern: FULL_NAME },
      additionalProperties: NAMES,
      description: 'Exceptions that are to be expected in operation, by callable.',
    },
    http: {
      type: ['object', 'null'],
      propertyNames: { pattern: FULL_NAME },
      additionalProperties: httpSchema(),
      description: 'Outbound calls and clients, with the argument that takes their timeout.',
    },
    resources: {
      type: ['array', 'null'],
      items: { anyOf: [CALLABLE, resourceSchema()] },
      description: 'Calls that open something which has to be closed.',
    },
  },
  description: "What is to be known of one's own libraries. Names are written as code reaches them: `corp.db.query`.",
};

function blockingSchema(): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['of'],
    // Of a module, something has to be named.
    anyOf: [
      { properties: { calls: true }, required: ['calls'] },
      { properties: { of: { type: 'string', pattern: CLASS_NAME } } },
    ],
    properties: {
      of: { ...NAME, description: 'Module or class.' },
      calls: { ...WORD_LIST, description: 'Names in it; all methods of a class when absent.' },
      kind: { enum: [...WORDS.kind], default: 'network', description: 'What it waits for.' },
      async: { type: 'string', description: 'Asynchronous counterpart; `*` stands for the name that is called.' },
      threads: {
        enum: [...WORDS.threads],
        default: 'one',
        description:
          'Whether another thread may run it: `any`, `one` at a time, or only the thread that made its object (`own`).',
      },
      lazy: {
        type: 'boolean',
        default: false,
        description: 'It gives back an iterator that waits while it is consumed.',
      },
    },
  };
}

function httpSchema(): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['timeoutArgument'],
    properties: {
      timeoutArgument: { type: 'string', pattern: PLAIN_NAME, description: 'Keyword that takes the timeout.' },
      takes: { enum: [...WORDS.takes], default: 'seconds', description: 'What the keyword takes.' },
      form: {
        enum: [...WORDS.form],
        default: 'call',
        description: '`client` for what makes an object that carries the timeout of its calls.',
      },
      position: { type: 'integer', minimum: 0, description: 'Index of the positional argument that is the timeout.' },
      defaultSeconds: {
        type: 'number',
        exclusiveMinimum: 0,
        description: 'Seconds after which it gives up by itself.',
      },
    },
  };
}

function resourceSchema(): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['openers'],
    properties: {
      openers: { ...NAMES, description: 'Calls that open it.' },
      what: { type: 'string', description: 'What it is, as messages call it: `connection`.' },
      close: { ...WORD_LIST, default: 'close', description: 'Methods that close it, the usual one first.' },
      context: {
        enum: [...WORDS.context],
        default: 'with',
        description: 'Which `with` statement closes it.',
      },
    },
  };
}
