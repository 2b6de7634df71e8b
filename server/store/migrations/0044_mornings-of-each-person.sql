CREATE TABLE `day_morning` (
	`check_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`check_id`, `staff_id`),
	FOREIGN KEY (`check_id`) REFERENCES `day_check`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `day_staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TRIGGER `day_morning_unchanged` BEFORE UPDATE ON `day_morning` BEGIN SELECT RAISE(ABORT, 'a morning is written once'); END;
--> statement-breakpoint
CREATE TRIGGER `day_morning_kept` BEFORE DELETE ON `day_morning` BEGIN SELECT RAISE(ABORT, 'mornings are never deleted'); END;
