// The program as it stands in its files is the program that runs, though what the compiler made of it is kept.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('a changed source file is what runs at the next start, and an unchanged one is not compiled again', () => {
  const house = newHouse();
  house.write('server/word.ts', "export const word: string = 'first';\n");
  house.write('server/main.ts', "import { word } from './word.ts';\nconsole.log(word, import.meta.url);\n");
  expect(house.run()).toBe(`first file://${house.folder}/server/main.ts`);
  const kept = house.kept();
  expect(kept).toHaveLength(1);
  expect(house.run()).toContain('first');
  expect(house.kept()).toEqual(kept);
  // As long as before: only what it says differs.
  house.write('server/word.ts', "export const word: string = 'other';\n");
  expect(house.run()).toContain('other');
  expect(house.kept()).toHaveLength(2);
});

it('an error names the line of the source file it comes from, and a source that does not compile is named too', () => {
  const house = newHouse();
  house.write('server/main.ts', "type Nothing = never;\n\n\nthrow new Error('here') as Nothing;\n");
  expect(house.run()).toMatch(/server\/main\.ts:4/);
  house.write('server/main.ts', 'const = 3;\n');
  expect(house.run()).toMatch(/server\/main\.ts:1/);
});

it('where nothing can be kept it runs all the same', () => {
  const house = newHouse();
  house.write('server/main.ts', "console.log('runs' satisfies string);\n");
  // A file stands where the folder would be made.
  writeFileSync(join(house.folder, 'node_modules/.cache'), '');
  expect(house.run()).toBe('runs');
});

function newHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-source-'));
  for (const name of ['server', 'inference', 'views', 'samples']) mkdirSync(join(folder, name));
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'inference/run-source.mjs'])
    cpSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')).filter((each) => !each.startsWith('.')))
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  const start = `import { runSource } from '${folder}/inference/run-source.mjs'; await runSource('file://${folder}/server/main.ts');`;
  return {
    folder,
    write: (path: string, text: string) => writeFileSync(join(folder, path), text),
    kept: () => readdirSync(join(folder, 'node_modules/.cache/bright-kitchen')).sort(),
    run: () => {
      try {
        return execFileSync(process.execPath, ['--input-type=module', '-e', start], { encoding: 'utf8' }).trim();
      } catch (error) {
        return String((error as { stderr?: string }).stderr);
      }
    },
  };
}
