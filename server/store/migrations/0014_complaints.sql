CREATE TABLE `complaint_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`complaint_id` integer NOT NULL,
	`kind` text NOT NULL,
	`words` text,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`complaint_id`) REFERENCES `complaint`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `complaint_step_of` ON `complaint_step` (`complaint_id`,`id`);--> statement-breakpoint
CREATE TABLE `complaint` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`public_id` text NOT NULL,
	`ticket` text NOT NULL,
	`lot_id` integer NOT NULL,
	`site_id` text,
	`kind` text NOT NULL,
	`words` text NOT NULL,
	`place` text,
	`happened_at` integer NOT NULL,
	`contact` text,
	`photo_hash` text,
	`state` text NOT NULL,
	`published_at` integer,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `complaint_public` ON `complaint` (`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `complaint_ticket` ON `complaint` (`ticket`);--> statement-breakpoint
CREATE INDEX `complaint_state` ON `complaint` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `complaint_lot` ON `complaint` (`lot_id`,`at`);--> statement-breakpoint
CREATE INDEX `complaint_site` ON `complaint` (`site_id`,`published_at`);