// The settings an administrator may change in this half of the house, and what they are until then.
import { z } from 'zod';

const share = z.number().min(0).max(1);
const days = z.int().min(1).max(3650);

export const kitchenSettingsSchema = z.strictObject({
  /** Share of unflagged frames that a person looks at too. */
  auditShare: share.default(0.02),
  /** Share of flags that two people judge without knowing of each other. */
  secondShare: share.default(0.1),
  /** Hits of so many frames before a flag. */
  frames: z.strictObject({ hits: z.int().min(1).max(10), of: z.int().min(1).max(10) }).default({ hits: 2, of: 3 }),
  /** Private networks, and the ports on them, that cameras may be in. */
  allowedNetworks: z
    .array(
      z.strictObject({
        network: z.string().min(3).max(60),
        ports: z.array(z.int().min(1).max(65_535)).max(50).optional(),
      }),
    )
    .max(200)
    .default([]),
  /** Days a picture is kept, by what became of it. */
  keepDays: z
    .strictObject({ cleared: days, confirmed: days, answer: days })
    .default({ cleared: 30, confirmed: 365, answer: 365 }),
});

export type KitchenSettings = z.infer<typeof kitchenSettingsSchema>;
export type SettingName = keyof KitchenSettings;

export const houseSettings: KitchenSettings = kitchenSettingsSchema.parse({});
