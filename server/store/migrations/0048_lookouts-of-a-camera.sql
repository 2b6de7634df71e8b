CREATE TABLE `lookout_frame` (
	`camera_id` integer NOT NULL,
	`lookout` text NOT NULL,
	`at` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`camera_id`, `lookout`, `at`),
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lookout_frame_hash` ON `lookout_frame` (`hash`);--> statement-breakpoint
CREATE TABLE `lookout_memory` (
	`camera_id` integer NOT NULL,
	`lookout` text NOT NULL,
	`memory` text NOT NULL,
	PRIMARY KEY(`camera_id`, `lookout`),
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
