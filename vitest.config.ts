// How the tests run: every folder under test/ but the benches, two files at a time.
import { configDefaults, defineConfig } from 'vitest/config';
import { testsLeftOut } from './test/support/parts.ts';

const left = [...configDefaults.exclude, ...testsLeftOut()];
/** They share nothing but what they import, and that takes longer to load than to try. */
const sharing = ['unit', 'tidy', 'store', 'http', 'conformance'].map((folder) => `test/${folder}/**/*.test.{ts,tsx}`);

const common = {
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: 'test/support/scratch.ts',
    // A promise nobody awaited is a test that cannot fail.
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
        test: { ...common, name: 'sharing', include: sharing, exclude: left, isolate: false },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
        test: { ...common, name: 'alone', include: ['test/**/*.test.{ts,tsx}'], exclude: [...left, ...sharing] },
      },
    ],
  },
});
