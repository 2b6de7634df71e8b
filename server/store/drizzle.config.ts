// Tells drizzle-kit where the tables of every folder are, so that one command writes the next migration.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './server/**/*tables.ts',
  out: './server/store/migrations',
});
