DROP INDEX `excursion_lot`;--> statement-breakpoint
CREATE UNIQUE INDEX `excursion_lot` ON `excursion` (`lot_id`,`from_at`,`site_key`);