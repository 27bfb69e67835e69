import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { parseTypeScript } from '../../../server/src/syntax/typescript/parse.ts';
import { createResolver } from '../../../server/src/syntax/typescript/resolve.ts';
import { walkTypeScript } from '../../../server/src/syntax/typescript/walk.ts';

/** Names of the arguments of all calls of `name(…)` in a file. */
function namesIn(code: string): readonly (string | undefined)[] {
  const walk = walkTypeScript(parseTypeScript('shop.ts', code));
  const resolver = createResolver(walk);
  return walk.calls
    .filter(({ expression }) => ts.isIdentifier(expression) && expression.text === 'name')
    .map(call => resolver.nameOf(call.arguments![0]!));
}

describe('names are followed through', () => {
  test.each([
    ["import axios from 'axios'; name(axios.get)", 'axios.get'],
    ["import * as http from 'node:http'; name(http.request)", 'http.request'],
    ["import { get as load } from 'https'; name(load)", 'https.get'],
    ["import { default as http } from 'axios'; name(http.create())", 'axios.create()'],
    ["import http = require('http'); name(http.get)", 'http.get'],
    ["const axios = require('axios'); name(axios)", 'axios'],
    ["const { get: load } = require('axios').default; name(load)", 'axios.get'],
    ["var request = require('request'); name(request.post)", 'request.post'],
    ["const { default: got } = await import('got'); name(got)", 'got'],
    [
      "import axios from 'axios'; const shop = axios.create(); const alias = shop; name(alias.get)",
      'axios.create().get',
    ],
    ["import { Client } from 'undici'; name(new Client('x').request)", 'undici.Client().request'],
    ["import axios from 'axios'; class A { http = axios.create(); a() { name(this.http.get) } }", 'axios.create().get'],
    [
      "import axios from 'axios'; class A { constructor() { this.http = axios.create() } a() { return () => name(this.http) } }",
      'axios.create()',
    ],
    ['name(fetch)', 'global:fetch'],
    ['name(globalThis.fetch)', 'global:fetch'],
    ["import axios from 'axios'; name(axios['get'])", 'axios.get'],
    ["import axios from 'axios'; name((axios as any)!.get)", 'axios.get'],
  ])('%s', (code, expected) => {
    expect(namesIn(code)).toEqual([expected]);
  });
});

describe('names stay unknown where something else may be meant', () => {
  test.each([
    ['a parameter', 'function load(fetch) { name(fetch) }'],
    ['a destructured parameter', 'const load = ({ fetch }) => name(fetch)'],
    ['a local function', 'function fetch() {} name(fetch)'],
    ['a hoisted var of the function', 'function load() { name(fetch); if (a) { var fetch } }'],
    ['a variable that is written again', "import axios from 'axios'; let http = axios; http = other; name(http)"],
    ['a choice', "const fetch = globalThis.fetch ?? require('node-fetch'); name(fetch)"],
    ['a variable of a loop', 'for (const fetch of all) name(fetch)'],
    ['the error of a handler', 'try { a() } catch (fetch) { name(fetch) }'],
    ['a field with two values', 'class A { http = require("a"); b() { this.http = require("b"); name(this.http) } }'],
    ['`this` of a plain function', 'class A { http = require("a"); b() { return function () { name(this.http) } } }'],
    ['a circle', 'const a = b, b = a; name(a)'],
    ['a rest element', "const { ...rest } = require('axios'); name(rest)"],
    ['a default', "const { get = load } = require('axios'); name(get)"],
  ])('%s', (_, code) => {
    expect(namesIn(code)).toEqual([undefined]);
  });
});

test('a block shadows a name inside of it only', () => {
  expect(namesIn('name(fetch); { const fetch = 1; name(fetch) } name(fetch)')).toEqual([
    'global:fetch',
    undefined,
    'global:fetch',
  ]);
});
