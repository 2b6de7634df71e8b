CREATE TABLE `federated_dispute` (
	`site_id` text NOT NULL,
	`server_id` integer NOT NULL,
	`events` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`site_id`, `server_id`)
);
--> statement-breakpoint
ALTER TABLE `federated_contact` ADD `again` integer DEFAULT 0 NOT NULL;