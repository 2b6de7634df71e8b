ALTER TABLE `camera` ADD `sealed_url` text;--> statement-breakpoint
ALTER TABLE `camera` ADD `certificate` text;--> statement-breakpoint
ALTER TABLE `camera` ADD `login_refusals` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `camera` ADD `watch_by` integer;--> statement-breakpoint
CREATE INDEX `camera_watch` ON `camera` (`watch_by`);