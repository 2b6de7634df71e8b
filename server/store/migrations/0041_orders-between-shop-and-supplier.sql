CREATE TABLE `farm_promise` (
	`id` integer PRIMARY KEY NOT NULL,
	`lot_id` integer NOT NULL,
	`site_id` text NOT NULL,
	`number` text,
	`grower` text NOT NULL,
	`contact` text NOT NULL,
	`quantity` real NOT NULL,
	`unit` text,
	`ground` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `farm_promise_lot` ON `farm_promise` (`lot_id`);--> statement-breakpoint
CREATE TABLE `purchase_line` (
	`id` integer PRIMARY KEY NOT NULL,
	`order_id` integer NOT NULL,
	`product` text NOT NULL,
	`quantity` real NOT NULL,
	`unit` text,
	`price_fen` integer,
	FOREIGN KEY (`order_id`) REFERENCES `purchase_order`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `purchase_line_order` ON `purchase_line` (`order_id`);--> statement-breakpoint
CREATE TABLE `purchase_money` (
	`id` integer PRIMARY KEY NOT NULL,
	`order_id` integer NOT NULL,
	`kind` text NOT NULL,
	`reference` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL,
	`taken_back_at` integer,
	FOREIGN KEY (`order_id`) REFERENCES `purchase_order`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `purchase_money_order` ON `purchase_money` (`order_id`);--> statement-breakpoint
CREATE TABLE `purchase_order` (
	`id` integer PRIMARY KEY NOT NULL,
	`uri` text NOT NULL,
	`key` text NOT NULL,
	`buyer` text NOT NULL,
	`supplier` text NOT NULL,
	`state` text NOT NULL,
	`due_day` text NOT NULL,
	`placed_at` integer NOT NULL,
	`placed_by` integer NOT NULL,
	`sent_at` integer,
	`sent_by` integer,
	`received_at` integer,
	`received_by` integer,
	`ended_at` integer,
	`ended_by` integer,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `purchase_order_uri_unique` ON `purchase_order` (`uri`);--> statement-breakpoint
CREATE UNIQUE INDEX `purchase_order_key` ON `purchase_order` (`placed_by`,`key`);--> statement-breakpoint
CREATE INDEX `purchase_order_buyer` ON `purchase_order` (`buyer`,`id`);--> statement-breakpoint
CREATE INDEX `purchase_order_supplier` ON `purchase_order` (`supplier`,`state`,`due_day`);--> statement-breakpoint
CREATE TABLE `purchase_parcel` (
	`id` integer PRIMARY KEY NOT NULL,
	`line_id` integer NOT NULL,
	`lot_id` integer NOT NULL,
	`sent` real NOT NULL,
	`received` real,
	FOREIGN KEY (`line_id`) REFERENCES `purchase_line`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `purchase_parcel_line` ON `purchase_parcel` (`line_id`);--> statement-breakpoint
CREATE INDEX `purchase_parcel_lot` ON `purchase_parcel` (`lot_id`);