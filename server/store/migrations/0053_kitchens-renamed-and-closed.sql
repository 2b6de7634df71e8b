CREATE TABLE `restaurant_closing` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`restaurant_id` integer NOT NULL,
	`day` text NOT NULL,
	`reason` text NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`reopened_at` integer,
	`reopened_by` integer,
	FOREIGN KEY (`restaurant_id`) REFERENCES `restaurant`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reopened_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `restaurant_closing_open` ON `restaurant_closing` (`restaurant_id`) WHERE reopened_at IS NULL;--> statement-breakpoint
CREATE INDEX `restaurant_closing_of` ON `restaurant_closing` (`restaurant_id`,`at`);--> statement-breakpoint
CREATE TABLE `restaurant_name` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`restaurant_id` integer NOT NULL,
	`name` text NOT NULL,
	`name_en` text,
	`reason` text NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`restaurant_id`) REFERENCES `restaurant`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `restaurant_name_of` ON `restaurant_name` (`restaurant_id`,`at`);--> statement-breakpoint
ALTER TABLE `restaurant` ADD `closed_on` text;