// How the tests run: every folder under test/ but the benches, two files at a time, each in a process of its own.
import { configDefaults, defineConfig } from 'vitest/config';
import { testsLeftOut } from './test/support/parts.ts';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...testsLeftOut()],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // A promise nobody awaited is a test that cannot fail.
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
