CREATE TABLE `flag_cause` (
	`flag_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`label` text NOT NULL,
	`label_en` text,
	`href` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`flag_id`, `kind`, `subject`),
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `flag_cause_subject` ON `flag_cause` (`subject`,`flag_id`);--> statement-breakpoint
CREATE TABLE `hour_frame` (
	`camera_id` integer NOT NULL,
	`hour` integer NOT NULL,
	`at` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`camera_id`, `hour`),
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hour_frame_hash` ON `hour_frame` (`hash`);--> statement-breakpoint
CREATE INDEX `hour_frame_hour` ON `hour_frame` (`hour`);--> statement-breakpoint
CREATE TABLE `lot_look` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`cause_id` integer NOT NULL,
	`lot_id` integer NOT NULL,
	`kitchens` integer NOT NULL,
	`flags` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lot_look_cause` ON `lot_look` (`kind`,`cause_id`);