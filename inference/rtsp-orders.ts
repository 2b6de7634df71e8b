// Requests that a camera sends of its own: answered, so that it goes on, and followed in nothing.

import { CameraFault } from './camera-fault.ts';
import { encodeMessage, headerOf, type RtspMessage } from './rtsp-message.ts';

/** A camera asks whether we are there now and then; one that does nothing else is not read for ever. */
const mostOrders = 500;
const harmless = ['OPTIONS', 'ANNOUNCE', 'SET_PARAMETER', 'GET_PARAMETER', 'PLAY_NOTIFY', 'TEARDOWN'];

export function answerOrders(): { answer(order: RtspMessage): Buffer } {
  let orders = 0;
  return {
    answer(order) {
      if (++orders > mostOrders) throw new CameraFault('protocol', 'The camera sends orders without end.');
      const method = order.first.split(/\s/)[0] ?? '';
      const seq = /^\d{1,10}/.exec(headerOf(order, 'cseq') ?? '')?.[0] ?? '0';
      const first = harmless.includes(method) ? 'RTSP/1.0 200 OK' : 'RTSP/1.0 501 Not Implemented';
      return encodeMessage({ first, headers: [['CSeq', seq]], body: Buffer.alloc(0) });
    },
  };
}
