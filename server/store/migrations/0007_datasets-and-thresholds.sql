CREATE TABLE `dataset_export` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`asked_by` integer NOT NULL,
	`asked_at` integer NOT NULL,
	`reason` text NOT NULL,
	`request` text NOT NULL,
	`state` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`fault` text,
	`sums` text,
	`digest` text,
	`bytes` integer,
	`ended_at` integer,
	`gone_at` integer,
	FOREIGN KEY (`asked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `dataset_export_state` ON `dataset_export` (`state`,`ended_at`);--> statement-breakpoint
CREATE TABLE `camera_rule_change` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`camera_id` integer NOT NULL,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`undoes` integer,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `camera_rule_change_camera` ON `camera_rule_change` (`camera_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `camera_rule_change_undoes` ON `camera_rule_change` (`undoes`);--> statement-breakpoint
CREATE TABLE `threshold_decision` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`camera_id` integer NOT NULL,
	`violation` text NOT NULL,
	`decision` text NOT NULL,
	`before` real NOT NULL,
	`proposed` real NOT NULL,
	`figures` text NOT NULL,
	`change_id` integer,
	`by` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`change_id`) REFERENCES `camera_rule_change`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `threshold_decision_camera` ON `threshold_decision` (`camera_id`,`violation`,`id`);--> statement-breakpoint
CREATE TRIGGER camera_rule_change_no_update BEFORE UPDATE ON camera_rule_change BEGIN SELECT RAISE(ABORT, 'changes of camera rules are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER camera_rule_change_no_delete BEFORE DELETE ON camera_rule_change BEGIN SELECT RAISE(ABORT, 'changes of camera rules are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER threshold_decision_no_update BEFORE UPDATE ON threshold_decision BEGIN SELECT RAISE(ABORT, 'threshold decisions are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER threshold_decision_no_delete BEFORE DELETE ON threshold_decision BEGIN SELECT RAISE(ABORT, 'threshold decisions are append-only'); END;
