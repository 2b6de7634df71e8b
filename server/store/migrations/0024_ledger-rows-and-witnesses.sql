CREATE TABLE `ledger_row` (
	`seq` integer PRIMARY KEY NOT NULL,
	`rows` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_witness` (
	`witness` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`size` integer,
	`note` text,
	`signed_at` integer,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE TRIGGER `ledger_row_no_update` BEFORE UPDATE ON `ledger_row` BEGIN SELECT raise(ABORT, 'what the ledger says of rows is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_row_no_delete` BEFORE DELETE ON `ledger_row` BEGIN SELECT raise(ABORT, 'what the ledger says of rows is never deleted'); END;
