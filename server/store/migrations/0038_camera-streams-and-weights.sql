ALTER TABLE `camera` ADD `stream` text;--> statement-breakpoint
ALTER TABLE `camera` ADD `weight` real DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `camera` ADD `sooner_until` integer DEFAULT 0 NOT NULL;