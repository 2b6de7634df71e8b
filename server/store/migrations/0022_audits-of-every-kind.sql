CREATE TABLE `audit_draw` (
	`flag_id` integer PRIMARY KEY NOT NULL,
	`camera_id` integer NOT NULL,
	`at` integer NOT NULL,
	`hour` integer NOT NULL,
	`chance` real NOT NULL,
	`asked` text NOT NULL,
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `audit_draw_at` ON `audit_draw` (`at`);--> statement-breakpoint
CREATE TABLE `flag_happening` (
	`flag_id` integer PRIMARY KEY NOT NULL,
	`camera_id` integer NOT NULL,
	`violation` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `flag_happening_camera` ON `flag_happening` (`camera_id`,`violation`,`from_at`);--> statement-breakpoint
CREATE INDEX `flag_happening_until` ON `flag_happening` (`until_at`);--> statement-breakpoint
ALTER TABLE `verdict` ADD `kinds` text;--> statement-breakpoint
CREATE TRIGGER `audit_draw_no_update` BEFORE UPDATE ON `audit_draw` BEGIN SELECT RAISE(ABORT, 'audit_draw is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `audit_draw_no_delete` BEFORE DELETE ON `audit_draw` BEGIN SELECT RAISE(ABORT, 'audit_draw is append-only'); END;
