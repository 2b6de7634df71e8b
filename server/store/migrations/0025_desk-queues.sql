CREATE TABLE `near_miss` (
	`camera_id` integer NOT NULL,
	`at` integer NOT NULL,
	`hash` text NOT NULL,
	`violation` text NOT NULL,
	`score` real NOT NULL,
	`threshold` real NOT NULL,
	`box` text NOT NULL,
	PRIMARY KEY(`camera_id`, `at`),
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `near_miss_hash` ON `near_miss` (`hash`);--> statement-breakpoint
CREATE INDEX `flag_queue_kind` ON `flag` (`status`,`violation`,`at`);--> statement-breakpoint
CREATE INDEX `flag_queue_camera` ON `flag` (`status`,`camera_id`,`at`);--> statement-breakpoint
CREATE INDEX `flag_queue_kitchen` ON `flag` (`status`,`restaurant_id`,`at`);--> statement-breakpoint
CREATE INDEX `flag_queue_doubt` ON `flag` (`status`,abs(score - threshold));