CREATE TABLE `lot_piece` (
	`piece_id` integer PRIMARY KEY NOT NULL,
	`lot_id` integer NOT NULL,
	FOREIGN KEY (`piece_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lot_piece_lot` ON `lot_piece` (`lot_id`);