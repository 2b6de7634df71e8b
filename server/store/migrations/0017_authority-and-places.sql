CREATE TABLE `district` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`name_en` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `district_name` ON `district` (`name`);--> statement-breakpoint
CREATE TABLE `organisation` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`name_en` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisation_name` ON `organisation` (`name`);--> statement-breakpoint
CREATE TABLE `place_grant` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer,
	`organisation_id` integer,
	`place` text NOT NULL,
	`granted_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `place_grant_account` ON `place_grant` (`account_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `place_grant_organisation` ON `place_grant` (`organisation_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `site_district` (
	`site_id` text PRIMARY KEY NOT NULL,
	`district_id` integer NOT NULL,
	FOREIGN KEY (`district_id`) REFERENCES `district`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `site_district_district` ON `site_district` (`district_id`);--> statement-breakpoint
CREATE TABLE `event_claim` (
	`event_id` integer PRIMARY KEY NOT NULL,
	`site_key` integer NOT NULL,
	`decision` text,
	`decided_by` integer,
	`decided_organisation` integer,
	`decided_at` integer
);
--> statement-breakpoint
CREATE INDEX `event_claim_open` ON `event_claim` (`site_key`) WHERE decision IS NULL;--> statement-breakpoint
ALTER TABLE `account` ADD `speaks` text;--> statement-breakpoint
ALTER TABLE `account` ADD `organisation_id` integer REFERENCES organisation(id);--> statement-breakpoint
ALTER TABLE `account` ADD `district_id` integer REFERENCES district(id);--> statement-breakpoint
ALTER TABLE `event_document` ADD `organisation_id` integer;--> statement-breakpoint
ALTER TABLE `event_document` ADD `author_role` text;--> statement-breakpoint
CREATE TRIGGER `event_claim_kept` BEFORE DELETE ON `event_claim` BEGIN SELECT RAISE(ABORT, 'claims are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `event_claim_decided_once` BEFORE UPDATE ON `event_claim` WHEN OLD.`decision` IS NOT NULL OR NEW.`event_id` <> OLD.`event_id` OR NEW.`site_key` <> OLD.`site_key` BEGIN SELECT RAISE(ABORT, 'a claim is decided once'); END;
