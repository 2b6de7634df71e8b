// Looks at the calls a running process makes of the system, or makes some of them fail. Needs strace.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Attaches to `pid` and all its threads; `stop` lets go and returns the calls, one a line. */
export async function straced(pid: number, ...words: string[]): Promise<{ stop: () => Promise<string[]> }> {
  const file = join(mkdtempSync(join(tmpdir(), 'bright-kitchen-strace-')), 'calls');
  // -y: with the path behind each number of a file.
  const tracer = spawn('strace', ['-f', '-y', '-s', '96', '-o', file, ...words, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const ended = new Promise<void>((resolve) => tracer.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    tracer.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes(`Process ${pid} attached`)) resolve();
    });
    void ended.then(() => reject(new Error(`strace ended: ${said}`)));
  });
  return {
    async stop() {
      tracer.kill('SIGINT');
      await ended;
      return wholeCalls(readFileSync(file, 'utf8').split('\n'));
    },
  };
}

/** A call during which another thread's stands in the file is written in two parts; it counts where it ended. */
function wholeCalls(lines: readonly string[]): string[] {
  const begun = new Map<string, string>();
  return lines.flatMap((line) => {
    const [thread = ''] = line.split(' ', 1);
    const cut = line.indexOf(' <unfinished ...>');
    if (cut !== -1) {
      begun.set(thread, line.slice(0, cut));
      return [];
    }
    const rest = /<\.\.\. \w+ resumed>(.*)$/.exec(line)?.[1];
    return [rest === undefined ? line : `${begun.get(thread) ?? thread}${rest}`];
  });
}
