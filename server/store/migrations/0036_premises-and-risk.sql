CREATE TABLE `premises` (
	`site_id` text PRIMARY KEY NOT NULL,
	`latitude` real,
	`longitude` real,
	`dine_in` integer NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `premises_latitude` ON `premises` (`latitude`,`longitude`);--> statement-breakpoint
CREATE TABLE `risk_grade` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` text NOT NULL,
	`grade` text NOT NULL,
	`score` real NOT NULL,
	`rule_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `risk_grade_site` ON `risk_grade` (`site_id`,`id`);--> statement-breakpoint
CREATE TABLE `risk_mark` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `risk_rule` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rule` text NOT NULL,
	`reason` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `risk_score` (
	`site_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`score` real NOT NULL,
	`grade` text NOT NULL,
	`grade_since` integer NOT NULL,
	`tier` text NOT NULL,
	`visit_by` integer NOT NULL,
	`last_fact_at` integer,
	`parts` text NOT NULL,
	`scored_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `risk_score_order` ON `risk_score` (`kind`,`score`);--> statement-breakpoint
CREATE INDEX `risk_score_tier` ON `risk_score` (`tier`,`score`);--> statement-breakpoint
CREATE TRIGGER risk_grade_stays BEFORE UPDATE ON risk_grade BEGIN SELECT RAISE(ABORT, 'grades are added, never changed'); END;
--> statement-breakpoint
CREATE TRIGGER risk_grade_kept BEFORE DELETE ON risk_grade BEGIN SELECT RAISE(ABORT, 'grades are added, never removed'); END;
--> statement-breakpoint
CREATE TRIGGER risk_rule_stays BEFORE UPDATE ON risk_rule BEGIN SELECT RAISE(ABORT, 'rules are added, never changed'); END;
--> statement-breakpoint
CREATE TRIGGER risk_rule_kept BEFORE DELETE ON risk_rule BEGIN SELECT RAISE(ABORT, 'rules are added, never removed'); END;
