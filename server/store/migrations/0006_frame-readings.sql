CREATE TABLE `frame_reading` (
	`hash` text NOT NULL,
	`camera_id` integer NOT NULL,
	`at` integer NOT NULL,
	`detections` text NOT NULL,
	`packs` text NOT NULL,
	PRIMARY KEY(`hash`, `camera_id`),
	FOREIGN KEY (`camera_id`) REFERENCES `camera`(`id`) ON UPDATE no action ON DELETE no action
);
