// The walls between the rooms. ARCHITECTURE.md explains them; this file enforces them.
// `$1` in a `to` stands for what the first group of the `from` matched.

const CORE = '^server/src/core/';
const KIT = '^server/src/rule-kit/';
const KNOWLEDGE = '^server/src/knowledge/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Types may refer to each other in a circle: such imports are gone when the program runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'core-imports-nothing',
      severity: 'error',
      from: { path: CORE },
      to: { pathNot: CORE },
    },
    {
      name: 'kit-sees-core-knowledge-and-edits',
      comment: 'The kit hands the builders of edits to the rules; trees and parsers stay behind.',
      severity: 'error',
      from: { path: KIT },
      to: { path: '^(server|rules|client)/', pathNot: [CORE, KIT, KNOWLEDGE, '^server/src/syntax/[^/]+/edits?/'] },
    },
    {
      name: 'rules-see-only-the-kit',
      severity: 'error',
      from: { path: '^rules/([^/]+/[^/]+)/', pathNot: '^rules/shared/' },
      to: { pathNot: ['^rules/$1/', '^rules/shared/', KIT] },
    },
    {
      name: 'shared-sees-only-the-kit',
      severity: 'error',
      from: { path: '^rules/shared/' },
      to: { pathNot: ['^rules/shared/', KIT] },
    },
    {
      name: 'analysis-knows-no-rule',
      severity: 'error',
      from: { path: '^server/src/(core|rule-kit|syntax|facts|knowledge|engine|workspace|report|lsp|mcp|protocol)/' },
      to: { path: '^rules/' },
    },
    {
      name: 'knowledge-is-data',
      severity: 'error',
      from: { path: KNOWLEDGE },
      to: { path: '^(server|rules|client)/', pathNot: [CORE, KNOWLEDGE] },
    },
    {
      name: 'syntax-sees-only-core',
      severity: 'error',
      // The entry of the TypeScript bundle puts its parts together, as `main.ts` does for the server.
      from: { path: '^server/src/syntax/', pathNot: '^server/src/syntax/typescript/index\\.ts$' },
      to: { path: '^(server|rules|client)/', pathNot: [CORE, '^server/src/syntax/'] },
    },
    {
      name: 'facts-see-syntax-and-knowledge',
      severity: 'error',
      from: { path: '^server/src/facts/' },
      to: {
        path: '^(server|rules|client)/',
        pathNot: [CORE, KNOWLEDGE, '^server/src/(syntax|facts)/'],
      },
    },
    {
      name: 'workspace-and-report-do-not-analyse',
      severity: 'error',
      from: { path: '^server/src/(workspace|report)/' },
      to: { path: '^server/src/(syntax|facts|lsp|cli|main)' },
    },
    {
      name: 'engine-sees-no-edge',
      severity: 'error',
      from: { path: '^server/src/engine/' },
      to: { path: '^server/src/(lsp|cli|report|protocol|main)' },
    },
    {
      name: 'only-lsp-speaks-lsp',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(lsp|protocol)/|^server/src/main\\.ts$' },
      to: { path: 'vscode-(languageserver|jsonrpc)' },
    },
    {
      name: 'mcp-sees-engine-and-report',
      comment: 'Who starts it hands it the engine, so that its bundle holds none.',
      severity: 'error',
      from: { path: '^server/src/mcp/' },
      to: {
        path: '^(server|rules|client)/',
        pathNot: [
          CORE,
          '^server/src/(mcp|report|workspace)/',
          '^server/src/engine/(baseline/baseline|explain-score|model|rule-names|session)\\.ts$',
        ],
      },
    },
    {
      name: 'only-the-command-line-starts-mcp',
      severity: 'error',
      from: { path: '^(server|rules|client)/', pathNot: '^server/src/(mcp/|cli/mcp\\.ts$)' },
      to: { path: '^server/src/mcp/' },
    },
    {
      name: 'only-mcp-speaks-mcp',
      severity: 'error',
      from: { path: '^(server|rules|client)/', pathNot: '^server/src/mcp/' },
      to: { path: '@modelcontextprotocol/|^node_modules/zod/' },
    },
    {
      name: 'protocol-is-types',
      severity: 'error',
      from: { path: '^server/src/protocol/' },
      to: { path: '^(server|rules|client)/', pathNot: ['^server/src/protocol/', CORE] },
    },
    {
      name: 'client-sees-only-the-protocol',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|rules)/', pathNot: '^server/src/protocol/' },
    },
    {
      name: 'only-the-client-sees-the-editor',
      severity: 'error',
      from: { path: '^(server|rules)/' },
      to: { path: '^(vscode$|node_modules/(@types/vscode|vscode-languageclient)/)' },
    },
    {
      name: 'files-are-read-by-the-host',
      comment: 'The analysis core uses ports, so that it can run in memory and in a browser.',
      severity: 'error',
      from: { path: '^(rules/|server/src/(core|rule-kit|syntax|facts|report)/)' },
      to: { path: '^(node:)?(fs|fs/promises|child_process|worker_threads|net|http|https)$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
