CREATE TABLE `recall_plan` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_id` text NOT NULL,
	`lot_id` integer NOT NULL,
	`reason` text NOT NULL,
	`reason_en` text,
	`advice` text,
	`advice_en` text,
	`answer_within_ms` integer NOT NULL,
	`state` text NOT NULL,
	`account_id` integer,
	`planned_at` integer NOT NULL,
	`tells_at` integer NOT NULL,
	`ended_at` integer,
	`hold_id` integer,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recall_plan_public_id_unique` ON `recall_plan` (`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `recall_plan_waiting` ON `recall_plan` (`lot_id`) WHERE state = 'waiting';