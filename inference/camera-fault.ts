// What can be wrong with a camera's address or answer, as an error with one of the agreed codes.

import type { SampleFaultCode } from './types.ts';

export class CameraFault extends Error {
  readonly code: SampleFaultCode;
  constructor(code: SampleFaultCode, detail: string) {
    super(detail);
    this.name = 'CameraFault';
    this.code = code;
  }
}

/** The fault behind an error of a socket or of undici; anything else is a bug and stays one. */
export function faultOfNetwork(cause: unknown): CameraFault {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (error instanceof CameraFault) return error;
    const code = networkCode(error);
    if (code) return new CameraFault(code, sentences[code]);
  }
  throw cause;
}

const sentences = {
  refused: 'Nothing answers at this address and port.',
  timeout: 'The camera did not answer in time.',
  protocol: 'The connection broke, or what came is not what this kind of camera says.',
  name: 'The name has no address.',
} as const;

function networkCode(error: Error): keyof typeof sentences | undefined {
  const code = 'code' in error ? String(error.code) : '';
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTDOWN'].includes(code)) return 'refused';
  if (['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].includes(code))
    return 'timeout';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  if (['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME'].includes(code)) return 'name';
  return /^(UND_ERR|HPE_|ECONN|EPIPE|ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)
    ? 'protocol'
    : undefined;
}
