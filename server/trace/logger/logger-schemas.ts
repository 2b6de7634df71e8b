// What is sent with a logger's file.
import { z } from 'zod';
import { dayOrders } from './logger-time.ts';

export const loggerQuerySchema = z.object({
  /** Only read it: what would become readings, with every doubt. */
  preview: z.enum(['1', 'true']).optional(),
  /** The cells in doubt were looked at and stand. */
  doubts: z.enum(['stop', 'take']).default('stop'),
  /** In which order day, month and year stand, where the file leaves it open. */
  order: z.enum(dayOrders).optional(),
});
