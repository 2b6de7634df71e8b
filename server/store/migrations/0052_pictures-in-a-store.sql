CREATE TABLE `moved_picture` (
	`hash` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`at` integer NOT NULL
);
