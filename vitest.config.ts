import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Only the editor has this module; the client's texts go through it.
  resolve: { alias: { vscode: new URL('test/client/support/vscode.ts', import.meta.url).pathname } },
  test: {
    include: ['test/**/*.test.ts'],
    // The editor tests run inside VS Code; see scripts/test-editor.ts.
    exclude: ['test/editor/**', 'test/fixtures/**', '**/node_modules/**'],
    // Many tests start processes, and a busy machine is slow: a limit only has to catch what would never end.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
