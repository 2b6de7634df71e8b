CREATE TABLE `draw` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`rule` text NOT NULL,
	`pool` text NOT NULL,
	`seed` text NOT NULL,
	`rule_hash` text NOT NULL,
	`pool_hash` text NOT NULL,
	`seed_hash` text NOT NULL,
	`targets` integer NOT NULL,
	`inspectors` integer NOT NULL,
	`round_at` integer NOT NULL,
	`committed_at` integer NOT NULL,
	`committed_by` integer NOT NULL,
	`entry` integer NOT NULL,
	`beacon` text,
	`drawn` text,
	`drawn_at` integer,
	`drawn_by` integer,
	`merged` integer,
	`published_at` integer,
	FOREIGN KEY (`committed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drawn_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `inspector_conflict` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`site_id` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inspector_conflict_open` ON `inspector_conflict` (`account_id`,`site_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `inspector_conflict_site` ON `inspector_conflict` (`site_id`);--> statement-breakpoint
CREATE TABLE `site_position` (
	`site_id` text PRIMARY KEY NOT NULL,
	`lat` real NOT NULL,
	`lon` real NOT NULL,
	`at` integer NOT NULL,
	`by` integer,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `street_door` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`street_id` integer NOT NULL,
	`label` text NOT NULL,
	`state` text NOT NULL,
	`shop_id` integer,
	`at` integer,
	`by` integer,
	FOREIGN KEY (`street_id`) REFERENCES `street`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `street_door_label` ON `street_door` (`street_id`,`label`);--> statement-breakpoint
CREATE TABLE `street` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`district_id` integer,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	FOREIGN KEY (`district_id`) REFERENCES `district`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `street_district` ON `street` (`district_id`);--> statement-breakpoint
CREATE TABLE `swept_shop` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`door_id` integer,
	`district_id` integer,
	`name` text NOT NULL,
	`licence` text,
	`licence_until` text,
	`address` text NOT NULL,
	`sells` text NOT NULL,
	`camera` integer NOT NULL,
	`licence_photo` text,
	`front_photo` text,
	`lat` real,
	`lon` real,
	`state` text NOT NULL,
	`checks` text NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`decided_by` integer,
	`decided_at` integer,
	`note` text,
	`site_id` text,
	FOREIGN KEY (`door_id`) REFERENCES `street_door`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`district_id`) REFERENCES `district`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `swept_shop_key` ON `swept_shop` (`key`);--> statement-breakpoint
CREATE INDEX `swept_shop_licence` ON `swept_shop` (`licence`);--> statement-breakpoint
CREATE INDEX `swept_shop_state` ON `swept_shop` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `check_list` (
	`version` integer PRIMARY KEY NOT NULL,
	`items` text NOT NULL,
	`at` integer NOT NULL,
	`by` integer,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `visit_answer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`visit_id` integer NOT NULL,
	`item` text NOT NULL,
	`answer` text NOT NULL,
	`note` text,
	`photo_hash` text,
	FOREIGN KEY (`visit_id`) REFERENCES `visit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visit_answer_once` ON `visit_answer` (`visit_id`,`item`);--> statement-breakpoint
CREATE TABLE `visit_inspector` (
	`visit_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	PRIMARY KEY(`visit_id`, `account_id`),
	FOREIGN KEY (`visit_id`) REFERENCES `visit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `visit_inspector_account` ON `visit_inspector` (`account_id`);--> statement-breakpoint
CREATE TABLE `visit_order` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`visit_id` integer NOT NULL,
	`site_id` text NOT NULL,
	`items` text NOT NULL,
	`state` text NOT NULL,
	`issued_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`answer` text,
	`photo_hash` text,
	`answered_at` integer,
	`answered_by` integer,
	`accepted_at` integer,
	FOREIGN KEY (`visit_id`) REFERENCES `visit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `visit_order_site` ON `visit_order` (`site_id`,`state`);--> statement-breakpoint
CREATE INDEX `visit_order_visit` ON `visit_order` (`visit_id`);--> statement-breakpoint
CREATE TABLE `visit_reason` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`visit_id` integer NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `visit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visit_reason_once` ON `visit_reason` (`visit_id`,`kind`,`ref`);--> statement-breakpoint
CREATE INDEX `visit_reason_ref` ON `visit_reason` (`kind`,`ref`);--> statement-breakpoint
CREATE TABLE `visit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`weight` integer NOT NULL,
	`rechecks_order` integer,
	`check_list` integer,
	`result` text,
	`note` text,
	`signed_name` text,
	`signature_hash` text,
	`closed_at` integer,
	`closed_by` integer,
	`close_key` text,
	`published_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`closed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visit_open` ON `visit` (`site_id`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `visit_state` ON `visit` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `visit_site` ON `visit` (`site_id`,`closed_at`);