// A bare torso: somebody in the zone whose upper body is of the colour of their own face.
import { inZone, mostOf } from './clothes-lookout.ts';
import type { LookoutRule } from './lookout-rule.ts';

const bareFrom = 0.6;

export const bareLookout: LookoutRule = {
  violation: 'no_uniform',
  threshold: bareFrom,
  look: ({ people }, lookout) =>
    mostOf(
      people?.filter((person) => inZone(person, lookout)),
      lookout,
      bareFrom,
      ({ bare }) => bare,
    ),
};
