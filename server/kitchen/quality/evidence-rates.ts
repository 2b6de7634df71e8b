// The miss rates of some of the cameras, from what audits found there and what was caught.
import type { AuditedCamera, MissEvidence } from './miss-evidence-store.ts';
import { type MissRate, missRates } from './miss-rate.ts';

type Chosen = (camera: AuditedCamera) => boolean;

/** The kinds that were found most often first. */
export function ratesOf({ cameras, findings, caught }: MissEvidence, chosen: Chosen): MissRate[] {
  const isIn = ({ cameraId }: { readonly cameraId: number }) => {
    const camera = cameras.get(cameraId);
    return camera !== undefined && chosen(camera);
  };
  const counts = new Map<string, number>();
  for (const flag of caught.filter(isIn)) counts.set(flag.violation, (counts.get(flag.violation) ?? 0) + 1);
  const lines = [...counts].map(([violation, count]) => ({ violation, caught: count }));
  const rates = missRates(findings.filter(isIn), lines);
  return rates.sort((a, b) => b.found + b.caught - (a.found + a.caught));
}
