CREATE TABLE `webhook_delivery` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`delivery_id` text NOT NULL,
	`subscription_id` integer NOT NULL,
	`state` text NOT NULL,
	`events` text NOT NULL,
	`event_count` integer NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer NOT NULL,
	`ended_at` integer,
	`status` integer,
	`fault` text,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscription`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_delivery_delivery_id_unique` ON `webhook_delivery` (`delivery_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_delivery_open` ON `webhook_delivery` (`subscription_id`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `webhook_delivery_newest` ON `webhook_delivery` (`subscription_id`,`id`);--> statement-breakpoint
CREATE TABLE `named_query` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `named_query_name` ON `named_query` (`account_id`,`name`);--> statement-breakpoint
CREATE TABLE `subscription` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`public_id` text NOT NULL,
	`query_id` integer NOT NULL,
	`dest` text NOT NULL,
	`sealed_token` text NOT NULL,
	`schedule` text,
	`report_if_empty` integer DEFAULT 0 NOT NULL,
	`initial_at` integer NOT NULL,
	`epc_format` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`cursor` integer NOT NULL,
	`run_until` integer,
	`run_sent` integer DEFAULT 0 NOT NULL,
	`next_run_at` integer,
	`batch_size` integer NOT NULL,
	`delivered_at` integer,
	`fault` text,
	`fault_detail` text,
	`fault_at` integer,
	FOREIGN KEY (`query_id`) REFERENCES `named_query`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscription_public_id_unique` ON `subscription` (`public_id`);--> statement-breakpoint
CREATE INDEX `subscription_query` ON `subscription` (`query_id`);--> statement-breakpoint
CREATE INDEX `subscription_state` ON `subscription` (`state`);--> statement-breakpoint
CREATE TABLE `webhook_network` (
	`id` integer PRIMARY KEY NOT NULL,
	`network` text NOT NULL,
	`port` integer NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL
);
