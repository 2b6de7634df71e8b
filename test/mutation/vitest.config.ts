// How the tests of one core file run while small faults are in it: those named in core.json, in one thread that stays.
import { defineConfig } from 'vitest/config';

const tests = JSON.parse(process.env['MUTATION_TESTS'] ?? '[]') as string[];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: { include: tests, isolate: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
