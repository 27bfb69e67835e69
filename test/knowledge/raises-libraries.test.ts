import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { raiseKnowledge } from '../../server/src/knowledge/raises.ts';

const FOLDER = new URL('../../server/src/knowledge/', import.meta.url);

/** The part of a file `raises-*.yaml` that names callables. */
interface Groups {
  readonly groups: readonly {
    readonly within?: string;
    readonly raises?: Readonly<Record<string, readonly string[]>>;
    readonly raisedBy?: Readonly<Record<string, string>>;
    readonly none?: string;
  }[];
}

const callables = readdirSync(FOLDER)
  .filter(file => /^raises-(?!stdlib).*\.yaml$/.test(file))
  // `raises.schema.json` is checked when the files are compiled.
  .flatMap(file => namesOf(parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Groups));

const LIBRARIES =
  'requests httpx aiohttp urllib3 websockets sqlalchemy psycopg psycopg2 asyncpg aiosqlite pymongo motor redis boto3 ' +
  'botocore aiobotocore pydantic yaml toml orjson jwt jose jinja2 celery kombu pika aio_pika kafka aiokafka grpc ' +
  'paramiko cryptography bcrypt PIL pandas numpy openai stripe django fastapi starlette flask werkzeug';

describe('what libraries raise', () => {
  test.each(LIBRARIES.split(' '))('is known of %s', library => {
    expect(callables.some(name => name.startsWith(`${library}.`))).toBe(true);
  });

  test('is known of far more than 350 callables, each of which stands in one place', () => {
    expect(callables.length).toBeGreaterThan(350);
    expect(callables.filter((name, index) => callables.indexOf(name) !== index)).toEqual([]);
  });

  test('is told in exceptions whose classes are known up to the root', () => {
    const raised = new Set([...raiseKnowledge.raises.values()].flat());
    expect([...raised].filter(type => !ancestorsOf(type).has('builtins.BaseException'))).toEqual([]);
    expect([...raiseKnowledge.aliases.values()].filter(type => !raiseKnowledge.exceptions.has(type))).toEqual([]);
  });

  test.each([
    ['requests.Session.send', ['requests.RequestException']],
    ['requests.get', ['builtins.ValueError', 'requests.RequestException']],
    ['httpx.AsyncClient.post', ['builtins.ValueError', 'httpx.HTTPError', 'httpx.InvalidURL']],
    ['sqlalchemy.orm.Session.execute', ['sqlalchemy.exc.SQLAlchemyError']],
    ['botocore.client.BaseClient.get_object', ['botocore.exceptions.BotoCoreError', 'botocore.exceptions.ClientError']],
    ['yaml.safe_load', ['builtins.OSError', 'builtins.ValueError', 'yaml.YAMLError']],
    ['redis.Redis.pipeline', []],
  ])('names all that %s raises in operation', (callable, types) => {
    expect(raiseKnowledge.raises.get(callable)).toEqual(types);
  });

  test('knows the kin of an exception through a class of the standard library', () => {
    expect(ancestorsOf('requests.JSONDecodeError')).toContain('builtins.ValueError');
    expect(ancestorsOf('requests.JSONDecodeError')).toContain('requests.RequestException');
    expect(ancestorsOf('aiohttp.ServerTimeoutError')).toContain('asyncio.TimeoutError');
  });
});

function namesOf({ groups }: Groups): readonly string[] {
  return groups.flatMap(({ within, raises = {}, raisedBy = {}, none = '' }) => {
    const names = [...Object.keys(raises), ...Object.values(raisedBy), none].flatMap(text => text.split(/\s+/));
    return names.filter(name => name !== '').map(name => (within === undefined ? name : `${within}.${name}`));
  });
}

function ancestorsOf(type: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [type];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...(raiseKnowledge.exceptions.get(name)?.bases ?? []));
  }
  return seen;
}
