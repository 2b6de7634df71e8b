CREATE TABLE `lot_merge` (
	`id` integer PRIMARY KEY NOT NULL,
	`from_id` integer NOT NULL,
	`into_id` integer NOT NULL,
	`reason` text NOT NULL,
	`account_id` integer,
	`at` integer NOT NULL,
	`given` text NOT NULL,
	`undone_at` integer,
	`undone_reason` text,
	`undone_by` integer,
	FOREIGN KEY (`from_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`into_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lot_merge_from` ON `lot_merge` (`from_id`) WHERE undone_at IS NULL;--> statement-breakpoint
CREATE INDEX `lot_merge_into` ON `lot_merge` (`into_id`);
--> statement-breakpoint
CREATE TRIGGER `lot_merge_kept` BEFORE DELETE ON `lot_merge` BEGIN SELECT RAISE(ABORT, 'lot_merge rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `lot_merge_unchanged` BEFORE UPDATE OF `id`, `from_id`, `into_id`, `reason`, `account_id`, `at`, `given` ON `lot_merge` BEGIN SELECT RAISE(ABORT, 'lot_merge rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `lot_merge_undone_once` BEFORE UPDATE OF `undone_at`, `undone_reason`, `undone_by` ON `lot_merge` WHEN OLD.`undone_at` IS NOT NULL OR NEW.`undone_at` IS NULL BEGIN SELECT RAISE(ABORT, 'a merge is undone once'); END;
