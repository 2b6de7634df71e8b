// Reads Stryker's report on one core file: what was noticed, what survived, and which survivors are known to change nothing.

const noticed = new Set(['Killed', 'Timeout', 'RuntimeError']);
const notCounted = new Set(['CompileError', 'Ignored']);

/**
 * `entry.equivalent` lists faults that change nothing, each with its reason: `of` and `becomes` are the code before and
 * after, `line` the trimmed line it stands in.
 */
export function judge({ file, equivalent = [] }, { source, mutants }) {
  const lines = source.split('\n');
  const counted = mutants.filter(({ status }) => !notCounted.has(status));
  const found = counted.map((mutant) => ({ ...mutant, ...partsOf(mutant, lines) }));
  const survived = found.filter(({ status }) => !noticed.has(status));
  const known = (mutant) => equivalent.some((one) => isSame(one, mutant));
  const open = survived.filter((mutant) => !known(mutant));
  const idle = equivalent.filter((one) => !survived.some((mutant) => isSame(one, mutant)));
  return {
    file,
    faults: counted.length - (survived.length - open.length),
    noticed: counted.length - survived.length,
    equivalent: survived.length - open.length,
    stale: idle.length,
    lines: [
      ...open.map(
        ({ location, of, becomes, status }) => `${file}:${location.start.line}: ${of} → ${becomes} (${status})`,
      ),
      ...idle.map(
        ({ line, of, becomes }) => `${file}: called equivalent, but it did not survive: ${of} → ${becomes} in ${line}`,
      ),
    ],
  };
}

/** The table of all files, worst first, and the share of faults noticed in all of them, in per cent. */
export function tableOf(results) {
  const share = ({ noticed: some, faults }) => (faults === 0 ? 100 : (100 * some) / faults);
  const rows = [...results]
    .sort((a, b) => share(a) - share(b))
    .map(
      (row) => `| \`${row.file}\` | ${row.faults} | ${row.noticed} | ${row.equivalent} | ${share(row).toFixed(1)} % |`,
    );
  const sum = (name) => results.reduce((total, row) => total + row[name], 0);
  const all = { noticed: sum('noticed'), faults: sum('faults') };
  const head = ['| file | faults | noticed | equivalent | share |', '|---|---|---|---|---|'];
  const last = `| all | ${all.faults} | ${all.noticed} | ${sum('equivalent')} | ${share(all).toFixed(1)} % |`;
  return { table: [...head, ...rows, last].join('\n'), share: share(all) };
}

function isSame(one, mutant) {
  return one.line === mutant.line && one.of === mutant.of && one.becomes === mutant.becomes;
}

/** The code before, on one line, and the code after. */
function partsOf({ location: { start, end }, replacement }, lines) {
  const rows = lines.slice(start.line - 1, end.line);
  const last = rows.length - 1;
  const cut = rows.map((row, at) =>
    row.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined),
  );
  const flat = (text) => text.replace(/\s+/g, ' ').trim();
  return { line: (lines[start.line - 1] ?? '').trim(), of: flat(cut.join('\n')), becomes: flat(replacement ?? '') };
}
