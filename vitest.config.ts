import { defineConfig } from 'vitest/config';
import { guidesModule } from './scripts/guides.mjs';

export const guidesPlugin = {
  name: 'guides',
  resolveId: (id: string) => (id === 'virtual:guides' ? '\0virtual:guides' : undefined),
  load: (id: string) => (id === '\0virtual:guides' ? guidesModule() : undefined),
};

export default defineConfig({
  plugins: [guidesPlugin],
  define: { __VERSION__: '"test"' },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/lab/**', '**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
