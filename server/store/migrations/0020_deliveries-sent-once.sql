CREATE TABLE `sent_receipt` (
	`account_id` integer NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `sent_receipt_at` ON `sent_receipt` (`at`);