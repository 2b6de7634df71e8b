// A network for tests: names and public addresses that lead to servers on this machine.

import type { Network } from '../../inference/address-guard.ts';

/** Every name resolves to this address, which is nobody's camera, and every connection to it ends at `port` here. */
export const cameraAddress = '93.184.215.14';

export function networkTo(port: number): Network {
  return {
    resolve: async () => [cameraAddress],
    route: (target) => {
      if (target.address !== cameraAddress) throw new Error(`nothing was meant to dial ${target.address}`);
      return { address: '127.0.0.1', port };
    },
  };
}
