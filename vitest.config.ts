import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The editor tests run inside VS Code; see scripts/test-editor.ts.
    exclude: ['test/editor/**', 'test/fixtures/**', '**/node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
