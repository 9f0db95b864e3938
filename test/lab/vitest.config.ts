import { defineConfig } from 'vitest/config';

const minutes = 60_000;

export default defineConfig({
  test: {
    include: ['test/lab/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 30 * minutes,
    hookTimeout: 30 * minutes,
    reporters: ['verbose'],
  },
});
