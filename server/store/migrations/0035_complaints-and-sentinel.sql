CREATE TABLE `mediation_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`complaint_id` integer NOT NULL,
	`party` text NOT NULL,
	`act` text NOT NULL,
	`words` text,
	`amount_fen` integer,
	`account_id` integer,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `mediation_step_of` ON `mediation_step` (`complaint_id`,`id`);--> statement-breakpoint
CREATE TABLE `mediation` (
	`complaint_id` integer PRIMARY KEY NOT NULL,
	`stage` text NOT NULL,
	`due_at` integer,
	`offer_by` text,
	`shop_signed` integer NOT NULL,
	`complainant_signed` integer NOT NULL,
	`joined` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `mediation_due` ON `mediation` (`stage`,`due_at`);--> statement-breakpoint
CREATE TABLE `routing_version` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rules` text NOT NULL,
	`reason` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sentinel_alert` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`scope` text NOT NULL,
	`subject` text NOT NULL,
	`class` text NOT NULL,
	`day` text NOT NULL,
	`window` integer NOT NULL,
	`count` integer NOT NULL,
	`expected` real NOT NULL,
	`limit_count` integer NOT NULL,
	`chance` real NOT NULL,
	`counts` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`account_id` integer,
	`explained_at` integer,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sentinel_state` ON `sentinel_alert` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `sentinel_series` ON `sentinel_alert` (`kind`,`subject`);--> statement-breakpoint
ALTER TABLE `complaint` ADD `channel` text DEFAULT 'code' NOT NULL;--> statement-breakpoint
ALTER TABLE `complaint` ADD `desk` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `complaint` ADD `desk_en` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `complaint` ADD `urgency` text DEFAULT 'day' NOT NULL;--> statement-breakpoint
ALTER TABLE `complaint` ADD `routing` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `complaint` ADD `matched` text;--> statement-breakpoint
ALTER TABLE `complaint` ADD `settle` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `complaint` ADD `follow_code` text;--> statement-breakpoint
ALTER TABLE `complaint` ADD `happened_until` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `complaint_follow` ON `complaint` (`follow_code`);