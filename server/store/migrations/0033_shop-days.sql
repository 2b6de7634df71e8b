CREATE TABLE `day_check` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `day_check_day` ON `day_check` (`site_id`,`day`);--> statement-breakpoint
CREATE INDEX `day_check_of_day` ON `day_check` (`day`);--> statement-breakpoint
CREATE TABLE `day_line` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`check_id` integer NOT NULL,
	`item` text NOT NULL,
	`answer` text NOT NULL,
	`words` text,
	`said` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`check_id`) REFERENCES `day_check`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `day_line_check` ON `day_line` (`check_id`);--> statement-breakpoint
CREATE TABLE `day_meal_lot` (
	`meal_id` integer NOT NULL,
	`lot_id` integer NOT NULL,
	PRIMARY KEY(`meal_id`, `lot_id`),
	FOREIGN KEY (`meal_id`) REFERENCES `day_meal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `day_meal_lot_lot` ON `day_meal_lot` (`lot_id`);--> statement-breakpoint
CREATE TABLE `day_meal` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`day` text NOT NULL,
	`meal` text NOT NULL,
	`dish` text NOT NULL,
	`grams` integer,
	`kept_at` integer,
	`discarded_at` integer,
	`by` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `day_meal_site` ON `day_meal` (`site_id`,`day`);--> statement-breakpoint
CREATE TABLE `day_office` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`office` text NOT NULL,
	`account_id` integer NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `day_office_site` ON `day_office` (`site_id`,`office`,`id`);--> statement-breakpoint
CREATE TABLE `day_report` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`kind` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL,
	`office` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `day_report_period` ON `day_report` (`site_id`,`kind`,`from_day`);--> statement-breakpoint
CREATE TABLE `day_school` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`code` text NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `day_school_code_unique` ON `day_school` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `day_school_site` ON `day_school` (`site_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `day_staff` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`name` text NOT NULL,
	`certificate` text NOT NULL,
	`expires_on` text NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`left_at` integer
);
--> statement-breakpoint
CREATE INDEX `day_staff_site` ON `day_staff` (`site_id`) WHERE left_at IS NULL;--> statement-breakpoint
CREATE TRIGGER `day_check_unchanged` BEFORE UPDATE ON `day_check` BEGIN SELECT RAISE(ABORT, 'a day is written once'); END;
--> statement-breakpoint
CREATE TRIGGER `day_check_kept` BEFORE DELETE ON `day_check` BEGIN SELECT RAISE(ABORT, 'days are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `day_line_unchanged` BEFORE UPDATE ON `day_line` BEGIN SELECT RAISE(ABORT, 'lines of a day are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `day_line_kept` BEFORE DELETE ON `day_line` BEGIN SELECT RAISE(ABORT, 'lines of a day are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `day_report_unchanged` BEFORE UPDATE ON `day_report` BEGIN SELECT RAISE(ABORT, 'what was signed is never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `day_report_kept` BEFORE DELETE ON `day_report` BEGIN SELECT RAISE(ABORT, 'what was signed is never deleted'); END;
