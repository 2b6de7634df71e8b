CREATE TABLE `appeal` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`order_id` integer NOT NULL,
	`flag_id` integer NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` integer,
	`decided_at` integer,
	`note` text,
	FOREIGN KEY (`order_id`) REFERENCES `rectification_order`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appeal_order_id_unique` ON `appeal` (`order_id`);--> statement-breakpoint
CREATE INDEX `appeal_state` ON `appeal` (`state`,`at`);--> statement-breakpoint
CREATE TABLE `camera_event` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`camera_id` integer NOT NULL,
	`at` integer NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`fault` text,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `camera_event_camera` ON `camera_event` (`camera_id`,`at`);--> statement-breakpoint
CREATE TABLE `camera` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`restaurant_id` integer NOT NULL,
	`place` text NOT NULL,
	`place_en` text,
	`kind` text NOT NULL,
	`url` text,
	`user` text,
	`sealed_password` text,
	`path` text,
	`sample_every_ms` integer NOT NULL,
	`rules` text NOT NULL,
	`state` text NOT NULL,
	`state_since` integer NOT NULL,
	`pending_state` text,
	`pending_count` integer DEFAULT 0 NOT NULL,
	`pending_since` integer,
	`last_fault` text,
	`misses_in_row` integer DEFAULT 0 NOT NULL,
	`last_tried_at` integer,
	`last_frame_at` integer,
	`last_frame_hash` text,
	`signature` text,
	`next_due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`restaurant_id`) REFERENCES `restaurant`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `camera_restaurant` ON `camera` (`restaurant_id`);--> statement-breakpoint
CREATE INDEX `camera_due` ON `camera` (`next_due_at`);--> statement-breakpoint
CREATE TABLE `flag_frame` (
	`flag_id` integer NOT NULL,
	`at` integer NOT NULL,
	`hash` text NOT NULL,
	`shown` integer NOT NULL,
	PRIMARY KEY(`flag_id`, `at`),
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `flag_frame_hash` ON `flag_frame` (`hash`);--> statement-breakpoint
CREATE TABLE `flag` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`camera_id` integer NOT NULL,
	`restaurant_id` integer NOT NULL,
	`violation` text NOT NULL,
	`score` real NOT NULL,
	`threshold` real NOT NULL,
	`box` text NOT NULL,
	`zone` text,
	`at` integer NOT NULL,
	`picture_hash` text NOT NULL,
	`picture_width` integer NOT NULL,
	`picture_height` integer NOT NULL,
	`pack_name` text NOT NULL,
	`pack_sha256` text NOT NULL,
	`status` text NOT NULL,
	`audit` integer NOT NULL,
	`second` text NOT NULL,
	`leased_to` integer,
	`lease_until` integer,
	`leased_at` integer,
	`decided_at` integer,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`restaurant_id`) REFERENCES `restaurant`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leased_to`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `flag_queue` ON `flag` (`status`,`at`);--> statement-breakpoint
CREATE INDEX `flag_second` ON `flag` (`second`,`at`);--> statement-breakpoint
CREATE INDEX `flag_restaurant` ON `flag` (`restaurant_id`,`at`);--> statement-breakpoint
CREATE INDEX `flag_camera` ON `flag` (`camera_id`,`violation`,`at`);--> statement-breakpoint
CREATE INDEX `flag_picture` ON `flag` (`picture_hash`);--> statement-breakpoint
CREATE INDEX `flag_lease` ON `flag` (`leased_to`) WHERE leased_to IS NOT NULL;--> statement-breakpoint
CREATE TABLE `frame` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`camera_id` integer NOT NULL,
	`at` integer NOT NULL,
	`hash` text NOT NULL,
	`shown` text NOT NULL,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `frame_camera_at` ON `frame` (`camera_id`,`at`);--> statement-breakpoint
CREATE INDEX `frame_hash` ON `frame` (`hash`);--> statement-breakpoint
CREATE TABLE `kitchen_setting` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` integer,
	FOREIGN KEY (`changed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `order_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`order_id` integer NOT NULL,
	`at` integer NOT NULL,
	`by` integer,
	`kind` text NOT NULL,
	`text` text,
	`photo_hash` text,
	`key` text,
	FOREIGN KEY (`order_id`) REFERENCES `rectification_order`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `order_step_order` ON `order_step` (`order_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `order_step_key` ON `order_step` (`by`,`key`);--> statement-breakpoint
CREATE TABLE `rectification_order` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`flag_id` integer NOT NULL,
	`verdict_id` integer NOT NULL,
	`restaurant_id` integer NOT NULL,
	`violation` text NOT NULL,
	`state` text NOT NULL,
	`issued_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`answered_at` integer,
	`overdue_at` integer,
	`closed_at` integer,
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`verdict_id`) REFERENCES `verdict`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`restaurant_id`) REFERENCES `restaurant`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `order_restaurant` ON `rectification_order` (`restaurant_id`,`state`);--> statement-breakpoint
CREATE INDEX `order_state` ON `rectification_order` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `order_flag` ON `rectification_order` (`flag_id`);--> statement-breakpoint
CREATE TABLE `picture_opening` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hash` text NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `picture` (
	`hash` text NOT NULL,
	`site_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`heads` text NOT NULL,
	`gone_at` integer,
	PRIMARY KEY(`hash`, `site_id`)
);
--> statement-breakpoint
CREATE INDEX `picture_at` ON `picture` (`at`);--> statement-breakpoint
CREATE TABLE `restaurant` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`name` text NOT NULL,
	`name_en` text,
	`licence` text NOT NULL,
	`licence_until` text,
	`address` text NOT NULL,
	`address_en` text,
	`opens_at_minute` integer NOT NULL,
	`closes_at_minute` integer NOT NULL,
	`score` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `restaurant_site_id_unique` ON `restaurant` (`site_id`);--> statement-breakpoint
CREATE TABLE `sample_day` (
	`camera_id` integer NOT NULL,
	`day` text NOT NULL,
	`sampled` integer NOT NULL,
	`looked` integer NOT NULL,
	`missed` integer NOT NULL,
	`flagged` integer NOT NULL,
	`audited` integer NOT NULL,
	PRIMARY KEY(`camera_id`, `day`),
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `score_event` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`restaurant_id` integer NOT NULL,
	`at` integer NOT NULL,
	`delta` integer NOT NULL,
	`after` integer NOT NULL,
	`reason` text NOT NULL,
	`violation` text,
	`order_id` integer,
	FOREIGN KEY (`restaurant_id`) REFERENCES `restaurant`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `rectification_order`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `score_event_restaurant` ON `score_event` (`restaurant_id`,`at`);--> statement-breakpoint
CREATE TABLE `verdict` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`flag_id` integer NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`decision` text NOT NULL,
	`violation` text NOT NULL,
	`stage` text NOT NULL,
	`status_before` text NOT NULL,
	`visible_ms` integer,
	`idle` integer NOT NULL,
	`seen` integer NOT NULL,
	`undoes` integer,
	`key` text,
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `verdict_flag` ON `verdict` (`flag_id`,`id`);--> statement-breakpoint
CREATE INDEX `verdict_by` ON `verdict` (`by`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `verdict_undoes` ON `verdict` (`undoes`);--> statement-breakpoint
CREATE UNIQUE INDEX `verdict_key` ON `verdict` (`by`,`key`);--> statement-breakpoint
CREATE TABLE `violation_window` (
	`camera_id` integer NOT NULL,
	`violation` text NOT NULL,
	`window` text NOT NULL,
	PRIMARY KEY(`camera_id`, `violation`),
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `account` ADD `sample` integer DEFAULT false NOT NULL;