CREATE TABLE `finding_rule` (
	`product_id` integer PRIMARY KEY NOT NULL,
	`loss_share` real,
	`transit_hours` integer,
	`near_days` integer
);
