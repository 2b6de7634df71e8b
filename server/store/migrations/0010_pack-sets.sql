CREATE TABLE `pack_look` (
	`set_id` integer NOT NULL,
	`hash` text NOT NULL,
	`camera_id` integer NOT NULL,
	`looked_at` integer NOT NULL,
	`rules` text NOT NULL,
	`sightings` text NOT NULL,
	`ms` text,
	`fault` text,
	PRIMARY KEY(`set_id`, `hash`, `camera_id`),
	FOREIGN KEY (`set_id`) REFERENCES `pack_set`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `pack_set_member` (
	`set_id` integer NOT NULL,
	`version_id` integer NOT NULL,
	PRIMARY KEY(`set_id`, `version_id`),
	FOREIGN KEY (`set_id`) REFERENCES `pack_set`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `pack_version`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `pack_set_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`set_id` integer NOT NULL,
	`at` integer NOT NULL,
	`by` integer,
	`kind` text NOT NULL,
	`reason` text,
	`instead_of` integer,
	FOREIGN KEY (`set_id`) REFERENCES `pack_set`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`instead_of`) REFERENCES `pack_set`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pack_set_step_set` ON `pack_set_step` (`set_id`,`id`);--> statement-breakpoint
CREATE TABLE `pack_set` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`digest` text NOT NULL,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`note` text NOT NULL,
	`added_at` integer NOT NULL,
	`added_by` integer,
	`shadow_share` real DEFAULT 0 NOT NULL,
	`shadow_since` integer,
	`fault` text,
	`looked` integer DEFAULT 0 NOT NULL,
	`left_out` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`added_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pack_set_digest_unique` ON `pack_set` (`digest`);--> statement-breakpoint
CREATE INDEX `pack_set_state` ON `pack_set` (`state`);--> statement-breakpoint
CREATE TABLE `pack_version` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`version` text NOT NULL,
	`task` text NOT NULL,
	`sha256` text NOT NULL,
	`manifest_sha256` text NOT NULL,
	`file` text NOT NULL,
	`bytes` integer NOT NULL,
	`added_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pack_version_manifest_sha256_unique` ON `pack_version` (`manifest_sha256`);--> statement-breakpoint
CREATE TABLE `shadow_frame` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`set_id` integer NOT NULL,
	`against_id` integer NOT NULL,
	`camera_id` integer NOT NULL,
	`restaurant_id` integer NOT NULL,
	`at` integer NOT NULL,
	`hash` text,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`old` text NOT NULL,
	`new` text NOT NULL,
	`ms` text NOT NULL,
	FOREIGN KEY (`set_id`) REFERENCES `pack_set`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`against_id`) REFERENCES `pack_set`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`restaurant_id`) REFERENCES `restaurant`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shadow_frame_once` ON `shadow_frame` (`set_id`,`camera_id`,`at`);--> statement-breakpoint
CREATE INDEX `shadow_frame_hash` ON `shadow_frame` (`hash`);--> statement-breakpoint
CREATE TABLE `recall_report` (
	`recall_id` integer NOT NULL,
	`lang` text NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`recall_id`, `lang`)
);
