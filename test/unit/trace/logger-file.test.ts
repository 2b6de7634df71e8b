// Files of temperature loggers as their makers write them, and files that are none or of another journey.
import { describe, expect, it } from 'vitest';
import { readLoggerFile } from '../../../server/trace/logger/logger-file.ts';
import { utf16 } from '../../support/wide-text.ts';

const at = (clock: string) => Date.parse(`2026-11-21T${clock}:00+08:00`);
const window = { fromAt: at('07:30'), untilAt: at('10:30') };
const read = (text: string | Buffer, order?: 'dmy' | 'mdy') =>
  readLoggerFile(Buffer.isBuffer(text) ? text : Buffer.from(text), {
    window,
    ...(order === undefined ? {} : { order }),
  });
const values = (text: string | Buffer) => read(text).readings.map((one) => [one.at, one.meanC]);
const wanted = [
  [at('08:00'), 3.5],
  [at('08:10'), -1.2],
];

describe('a file of a logger', () => {
  const makers: [string, string | Buffer][] = [
    [
      'Elitech, in Chinese',
      '设备编号:RC-5\n\n序号,时间,温度(℃),湿度(%RH)\n1,2026-11-21 08:00:00,3.5,60\n2,2026-11-21 08:10:00,-1.2,61\n',
    ],
    ['Elitech, its unit without brackets', '编号\t记录时间\t温度℃\n1\t2026/11/21 8:00\t3.5\n2\t2026/11/21 8:10\t-1.2℃'],
    [
      'Testo, with decimal commas',
      'id;Date;Time;Temperature [°C]\n1;21.11.2026;08:00:00;3,5\n2;21.11.2026;08:10:00;-1,2',
    ],
    [
      'HOBO, in UTC−5',
      '"Plot Title: van"\n"#","Date Time, GMT-05:00","Temp, °C (LGR S/N: 1, LBL: in)","Coupler Detached (LGR S/N: 1)"\n1,11/20/2026 07:00:00 PM,3.5,\n2,11/20/2026 07:10:00 PM,-1.2,Logged',
    ],
    [
      'Lascar',
      'van 2,Time,Celsius(°C),Humidity(%rh),Dew Point(°C),Serial Number\n1,2026-11-21 08:00:00,3.5,60,1,0101\n2,2026-11-21 08:10:00,-1.2,60,1,',
    ],
    [
      'LogTag, in °F',
      'Date/Time,Elapsed Time,Reading (°F)\n2026-11-21 08:00:00,0:00,38.3\n2026-11-21 08:10:00,0:10,29.84',
    ],
    [
      'iButton, its unit beside each number',
      'Date/Time,Unit,Value\n21/11/26 08:00:00,C,3.5\n21/11/26 08:10:00,F,29.84',
    ],
    [
      'Tive, in UTC',
      'Timestamp (UTC),Temperature (C),Humidity (%),Battery\n2026-11-21T00:00:00Z,3.5,60,98\n2026-11-21T00:10:00Z,-1.2,60,98',
    ],
    ['a recorder that writes newest first', 'Date & Time,Temp °C\n21-Nov-2026 08:10,-1.2\n21-Nov-2026 08:00,3.5'],
    [
      'UTF-16 as Excel saves it',
      utf16('采集时间\t通道1温度(℃)\n2026年11月21日 08:00\t3.5\n2026年11月21日 08:10\t-1.2'),
    ],
  ];
  it.each(makers)('of %s gives its times and temperatures', (_maker, text) => {
    const { found } = read(text);
    expect(found.filter(({ level }) => level !== 'note')).toEqual([]);
    expect(values(text)).toEqual(wanted);
  });

  it('with several probes keeps the lowest and the highest of each moment, the device and the humidity', () => {
    const file = read(
      '采集时间,通道1温度,通道2温度,湿度,设备编号,单位\n2026-11-21 08:00,3,5,60%,LB-01,℃\n2026-11-21 08:10,2,,61%,LB-01,℃',
    );
    expect(file.readings).toEqual([
      { at: at('08:00'), meanC: 4, minC: 3, maxC: 5, humidity: 60 },
      { at: at('08:10'), meanC: 2, minC: 2, maxC: 2, humidity: 61 },
    ]);
    expect(file.device).toBe('LB-01');
  });

  const told = (text: string) => read(text).found.map(({ level, code, cell }) => `${level} ${code} ${cell}`);

  it('tells each doubt by its line, and leaves that line out', () => {
    const rows = [
      '2026-11-21 08:00,3',
      '2026-11-21 08:10,--',
      '2026-11-21 08:20,999',
      '2026-11-21 08:30,4',
      '2026-11-21 08:30,5',
    ];
    expect(told(`时间,温度(℃)\n${rows.join('\n')}`)).toEqual([
      'doubt no_value B3',
      'doubt implausible B4',
      'doubt twice A6',
    ]);
    expect(told('时间,温度\n2026-11-21 08:00,3')).toEqual(['doubt unit_unsaid B2']);
  });

  it('leaves out what was recorded before sending and after receiving, and tells a silence', () => {
    const times = ['06:00', '08:00', '08:05', '08:10', '09:30', '12:00'];
    const text = `时间,温度(℃)\n${times.map((time) => `2026-11-21 ${time},3`).join('\n')}`;
    expect(read(text).readings).toHaveLength(4);
    expect(told(text)).toEqual(['note outside A2', 'note gap A6']);
  });

  it('of another journey, or whose times cannot be read, is refused with its places', () => {
    expect(told('时间,温度(℃)\n2026-10-01 08:00,3')).toEqual(['fault other_time A2']);
    expect(told('时间,温度(℃)\n2026-11-21 08:00,3\n13:61 soon 1,3')).toEqual(['fault not_a_time A3']);
    expect(told('时间,温度(℃)\n2026-02-30 08:00,3')).toContain('fault not_a_time A2');
  });

  it('whose days may mean two things is read by the journey, else asked about', () => {
    const text = 'Date Time,Temp (°C)\n05/06/2026 08:00,3\n05/06/2026 08:10,4';
    const june = { fromAt: Date.parse('2026-06-05T00:00:00+08:00'), untilAt: Date.parse('2026-06-06T00:00:00+08:00') };
    expect(readLoggerFile(Buffer.from(text), { window: june }).readings).toHaveLength(2);
    const year = { fromAt: Date.parse('2026-01-01T00:00:00+08:00'), untilAt: Date.parse('2026-12-31T00:00:00+08:00') };
    const asked = readLoggerFile(Buffer.from(text), { window: year });
    expect(asked.found.map(({ code, cell }) => `${code} ${cell}`)).toContain('ambiguous_day A2');
    expect(readLoggerFile(Buffer.from(text), { window: year, order: 'dmy' }).readings[0]?.at).toBe(
      Date.parse('2026-06-05T08:00:00+08:00'),
    );
  });

  const line = (clock: string, rest: string) => `2026-11-21 ${clock},${rest}`;
  it.each([
    [
      'a decimal comma cut in two, which would hide a breach',
      [line('08:00', '3,5'), line('08:10', '9,5')],
      'fault cut_number C2',
    ],
    ['a line without a time between others', [line('08:00', '3'), ',9', line('08:20', '3')], 'doubt no_time A3'],
    ['a word for a time', [line('08:00', '3'), 'soon,9', line('08:20', '3')], 'doubt no_time A3'],
    ['an error of a spreadsheet', [line('08:00', '#REF!'), line('08:10', '3')], 'doubt no_value B2'],
    ['a number with two points', [line('08:00', '1.234.5'), line('08:10', '3')], 'doubt no_value B2'],
    ['what is beyond its range', [line('08:00', '>85'), line('08:10', '3')], 'doubt no_value B2'],
    ['kelvin', [line('08:00', '276.65'), line('08:10', '3')], 'doubt implausible B2'],
    ['an hour the day lacks', [line('25:00', '3')], 'fault not_a_time A2'],
    ['a month the year lacks', ['2026-13-01 08:00,3'], 'fault not_a_time A2'],
    ['a day alone', ['2026-11-21,3'], 'fault not_a_time A2'],
    ['a spreadsheet’s number of days', ['46347.3333,3'], 'fault not_a_time A2'],
    ['next year', ['2027-11-21 08:00,3'], 'fault other_time A2'],
    ['days in two orders', ['21/11/2026 08:00,3', '11/21/2026 08:10,9'], 'fault ambiguous_day A2'],
    ['headings alone', [], 'fault no_readings A1'],
  ])('with %s is told by its line', (_what, lines, first) => {
    expect(told(`时间,温度(℃)\n${lines.join('\n')}`)[0]).toBe(first);
  });

  it('whose humidity is none keeps the temperature and says so; under its last line a summary may stand', () => {
    const text = `时间,温度(℃),湿度\n${line('08:00', '3,150')}\n${line('08:10', '4,wet')}\n${line('08:20', '5,100')}\n最高,9,`;
    expect(told(text)).toEqual(['doubt no_humidity C2', 'doubt no_humidity C3']);
    expect(read(text).readings.map(({ meanC, humidity }) => [meanC, humidity])).toEqual([
      [3, undefined],
      [4, undefined],
      [5, 100],
    ]);
  });

  it.each([
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]), 'picture'],
    ['a PDF', '%PDF-1.7 1 0 obj', 'pdf'],
    ['a workbook of Excel 97', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'old_excel'],
    ['empty', '', 'no_logger'],
    ['a quote that never ends', `时间,温度(℃)\n${line('08:00', '"3')}`, 'not_csv'],
  ])('that is %s is refused by what it is', (_what, text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ code })] }));
  });

  it('of more than a hundred thousand lines is refused, none of them cut off', () => {
    const lines = Array.from({ length: 100_001 }, () => line('08:00', '3'));
    expect(() => read(`时间,温度(℃)\n${lines.join('\n')}`)).toThrow(expect.objectContaining({ code: 'too_large' }));
  });

  it.each([
    ['a sheet of lots', '品名,批号,数量\n五花肉,A07,12'],
    ['times without temperatures', '时间,湿度\n2026-11-21 08:00,60'],
    ['a letter', 'Dear all,\nhere are the data.'],
  ])('that is %s is refused by what is missing', (_what, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
