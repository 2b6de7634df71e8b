CREATE TABLE `notice_delivery` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`delivery_id` text NOT NULL,
	`notice_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer NOT NULL,
	`ended_at` integer,
	`fault` text,
	FOREIGN KEY (`notice_id`) REFERENCES `notice`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_delivery_delivery_id_unique` ON `notice_delivery` (`delivery_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `notice_delivery_way` ON `notice_delivery` (`notice_id`,`account_id`,`channel`);--> statement-breakpoint
CREATE INDEX `notice_delivery_due` ON `notice_delivery` (`next_try_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `notice_delivery_dead` ON `notice_delivery` (`notice_id`) WHERE state = 'dead';--> statement-breakpoint
CREATE TABLE `notice_reader` (
	`notice_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`read_at` integer,
	PRIMARY KEY(`notice_id`, `account_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `notice`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_reader_account` ON `notice_reader` (`account_id`,`notice_id`);--> statement-breakpoint
CREATE INDEX `notice_reader_unread` ON `notice_reader` (`account_id`) WHERE read_at IS NULL;--> statement-breakpoint
CREATE TABLE `notice_setting` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`lang` text NOT NULL,
	`email` text,
	`webhook` text,
	`sealed_token` text,
	`quiet_from` integer NOT NULL,
	`quiet_until` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notice` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`public_id` text NOT NULL,
	`key` text,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`title_en` text,
	`body` text NOT NULL,
	`body_en` text,
	`href` text,
	`audience` text NOT NULL,
	`account_id` integer,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_public_id_unique` ON `notice` (`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `notice_key` ON `notice` (`key`) WHERE key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `notice_account` ON `notice` (`account_id`);--> statement-breakpoint
CREATE TRIGGER `notice_unchanged` BEFORE UPDATE ON `notice` BEGIN SELECT RAISE(ABORT, 'notices are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `notice_kept` BEFORE DELETE ON `notice` BEGIN SELECT RAISE(ABORT, 'notices are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `notice_reader_kept` BEFORE DELETE ON `notice_reader` BEGIN SELECT RAISE(ABORT, 'readers of notices are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `notice_reader_read_once` BEFORE UPDATE ON `notice_reader` WHEN OLD.`read_at` IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a notice is read once'); END;
