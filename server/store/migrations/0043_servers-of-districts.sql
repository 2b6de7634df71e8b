CREATE TABLE `federated_answer` (
	`carried_id` integer NOT NULL,
	`remote_id` integer NOT NULL,
	`site_id` text NOT NULL,
	`taken` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`carried_id`, `remote_id`)
);
--> statement-breakpoint
CREATE TABLE `federated_contact` (
	`server_id` integer PRIMARY KEY NOT NULL,
	`subscription` text,
	`heard_at` integer,
	`answered_at` integer,
	`fault` text,
	`fault_detail` text,
	`fault_at` integer
);
--> statement-breakpoint
CREATE TABLE `federated_delivery` (
	`server_id` integer NOT NULL,
	`delivery_id` text NOT NULL,
	`capture_id` text,
	`accepted` integer NOT NULL,
	`known` integer NOT NULL,
	`foreign_count` integer NOT NULL,
	`refused` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`server_id`, `delivery_id`)
);
--> statement-breakpoint
CREATE TABLE `federated_recall` (
	`id` integer PRIMARY KEY NOT NULL,
	`recall_id` integer NOT NULL,
	`server_id` integer NOT NULL,
	`code` text NOT NULL,
	`state` text NOT NULL,
	`remote_id` text,
	`fault` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `federated_recall_lot` ON `federated_recall` (`recall_id`,`server_id`,`code`);--> statement-breakpoint
CREATE TABLE `federated_server` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_en` text,
	`address` text NOT NULL,
	`sealed_token` text NOT NULL,
	`sealed_key` text NOT NULL,
	`inbox` text NOT NULL,
	`account_id` integer NOT NULL,
	`added_at` integer NOT NULL,
	`added_by` integer NOT NULL,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `federated_server_inbox_unique` ON `federated_server` (`inbox`);--> statement-breakpoint
CREATE TABLE `federated_site` (
	`site_id` text PRIMARY KEY NOT NULL,
	`server_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `federated_site_server` ON `federated_site` (`server_id`);