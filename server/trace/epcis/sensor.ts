// Sensor elements of an event (EPCIS 2.0 §7.3.7).

import type { JsonObject, JsonValue, SensorElement, SensorReport } from '../event/event.ts';
import { addFault } from './fault.ts';
import {
  booleanField,
  checkKeys,
  listField,
  numberField,
  objectField,
  type Reader,
  required,
  textField,
  timeField,
  uriField,
  vocabularyField,
} from './field.ts';

export function sensorElementOf(reader: Reader, at: string, value: JsonValue | undefined): SensorElement | undefined {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, elementKeys);
  const metadata = objectField(reader, `${at}/sensorMetadata`, object['sensorMetadata']) ?? {};
  checkKeys(reader, `${at}/sensorMetadata`, metadata, metadataKeys);
  const reports = listField(reader, `${at}/sensorReport`, object['sensorReport'], sensorReportOf);
  if (!Array.isArray(object['sensorReport']) || object['sensorReport'].length === 0) {
    addFault(reader.faults, `${at}/sensorReport`, 'missing', 'a sensorElement has at least one sensorReport');
  }
  for (const name of ['deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules']) {
    uriField(reader, `${at}/sensorMetadata/${name}`, metadata[name]);
  }
  return {
    timeMs: timeField(reader, `${at}/sensorMetadata/time`, metadata['time']),
    startTimeMs: timeField(reader, `${at}/sensorMetadata/startTime`, metadata['startTime']),
    endTimeMs: timeField(reader, `${at}/sensorMetadata/endTime`, metadata['endTime']),
    deviceID: uriField(reader, `${at}/sensorMetadata/deviceID`, metadata['deviceID']),
    reports,
  };
}

const elementKeys = new Set(['sensorMetadata', 'sensorReport']);
const metadataKeys = new Set(
  'time deviceID deviceMetadata rawData startTime endTime dataProcessingMethod bizRules'.split(' '),
);
const reportUris =
  'deviceMetadata rawData dataProcessingMethod bizRules microorganism chemicalSubstance coordinateReferenceSystem'.split(
    ' ',
  );
const reportKeys = new Set([
  ...reportUris,
  ...'type exception deviceID time value component stringValue booleanValue hexBinaryValue uriValue'.split(' '),
  ...'minValue maxValue meanValue sDev percRank percValue uom'.split(' '),
]);

const measurementField = vocabularyField('measurement');
const alarmField = vocabularyField('alarm');
const componentField = vocabularyField('component');

function sensorReportOf(reader: Reader, at: string, value: JsonValue | undefined): SensorReport | undefined {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, reportKeys);
  const type = measurementField(reader, `${at}/type`, object['type']);
  // GS1's JSON schema demands the type, its XML schema does not.
  if (reader.context.form === 'json') required(reader, `${at}/type`, object['type'], type);
  for (const name of reportUris) uriField(reader, `${at}/${name}`, object[name]);
  const hex = textField(reader, `${at}/hexBinaryValue`, object['hexBinaryValue']);
  if (hex !== undefined && !/^[0-9A-Fa-f]+$/.test(hex)) {
    addFault(reader.faults, `${at}/hexBinaryValue`, 'wrong_type', 'hexBinaryValue has hexadecimal digits only');
  }
  return { type, ...readingsOf(reader, at, object) };
}

function readingsOf(reader: Reader, at: string, object: JsonObject): Omit<SensorReport, 'type'> {
  return {
    exception: alarmField(reader, `${at}/exception`, object['exception']),
    timeMs: timeField(reader, `${at}/time`, object['time']),
    deviceID: uriField(reader, `${at}/deviceID`, object['deviceID']),
    value: numberField(reader, `${at}/value`, object['value']),
    minValue: numberField(reader, `${at}/minValue`, object['minValue']),
    maxValue: numberField(reader, `${at}/maxValue`, object['maxValue']),
    meanValue: numberField(reader, `${at}/meanValue`, object['meanValue']),
    sDev: numberField(reader, `${at}/sDev`, object['sDev']),
    percRank: numberField(reader, `${at}/percRank`, object['percRank']),
    percValue: numberField(reader, `${at}/percValue`, object['percValue']),
    uom: textField(reader, `${at}/uom`, object['uom']),
    component: componentField(reader, `${at}/component`, object['component']),
    booleanValue: booleanField(reader, `${at}/booleanValue`, object['booleanValue']),
    stringValue: textField(reader, `${at}/stringValue`, object['stringValue']),
    uriValue: uriField(reader, `${at}/uriValue`, object['uriValue']),
  };
}
