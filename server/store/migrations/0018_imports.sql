CREATE TABLE `heading_choice` (
	`account_id` integer NOT NULL,
	`plain` text NOT NULL,
	`meaning` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `plain`)
);
--> statement-breakpoint
CREATE TABLE `sheet_import` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_id` text NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` blob NOT NULL,
	`choices` text NOT NULL,
	`state` text NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`made` integer DEFAULT 0 NOT NULL,
	`accepted` integer DEFAULT 0 NOT NULL,
	`duplicate` integer DEFAULT 0 NOT NULL,
	`claims` integer DEFAULT 0 NOT NULL,
	`fault` text,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sheet_import_public_id_unique` ON `sheet_import` (`public_id`);--> statement-breakpoint
CREATE INDEX `sheet_import_account` ON `sheet_import` (`account_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `lot` ADD `spec` text;