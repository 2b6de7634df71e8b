// Commands that look at files without the database: classify, hash, digital-link.
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { classifyFile } from '../../inference/classify-file.ts';
import { openDetector } from '../../inference/detector.ts';
import { readConfig } from '../config.ts';
import { classifyReport } from '../kitchen/frame/classify-report.ts';
import { parseDigitalLink } from '../trace/code/digital-link.ts';
import { print, printJson } from './command.ts';

export function addLookCommands(program: Command): void {
  program
    .command('classify <file...>')
    .description('what the model packs see in pictures, and which violations that is')
    .option('--json', 'one JSON line a picture')
    .option('--all', 'also violations that are switched off')
    .action((files: string[], options: { json?: boolean; all?: boolean }) => classify(files, options));
  program
    .command('digital-link')
    .description('read GS1 Digital Link URIs from standard input, one a line')
    .option('--json', 'one JSON line a URI')
    .action((options: { json?: boolean }) => readLinks(options.json === true));
}

async function classify(
  files: readonly string[],
  { json = false, all = false }: { json?: boolean; all?: boolean },
): Promise<void> {
  const { modelsDir, provider } = readConfig();
  const detector = await openDetector({ modelsDir, provider });
  for (const file of files) {
    const reading = await classifyFile(detector, file, { all });
    if ('fault' in reading) {
      // A picture that cannot be read shows nothing, and is no frame in order either.
      const check = { ok: false, faults: [{ kind: 'unreadable', detail: reading.fault.detail }] };
      if (json) printJson({ file, detections: [], violations: [], check, ms: {}, fault: reading.fault });
      else print(`${file}: ${reading.fault.detail}`);
      continue;
    }
    const report = classifyReport(reading, detector.packs, { all });
    if (json) printJson({ file, ...report });
    else
      print(
        `${file}: ${report.violations.map(({ id, score }) => `${id} ${score.toFixed(2)}`).join(', ') || 'in order'}`,
      );
  }
  await detector.close();
}

async function readLinks(json: boolean): Promise<void> {
  for await (const uri of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const link = parseDigitalLink(uri);
    if (json)
      printJson({
        uri,
        ok: link.ok,
        elements: link.ok ? link.elements : '',
        fault: link.ok ? null : { code: link.fault, detail: link.detail },
      });
    else print(link.ok ? link.elements : `${link.fault}: ${link.detail}`);
  }
}
