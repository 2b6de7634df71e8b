CREATE TABLE `recall_answer_taken_back` (
	`answer_id` integer PRIMARY KEY NOT NULL,
	`account_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`answer_id`) REFERENCES `recall_answer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TRIGGER `recall_answer_taken_back_kept` BEFORE DELETE ON `recall_answer_taken_back` BEGIN SELECT RAISE(ABORT, 'recall_answer_taken_back rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `recall_answer_taken_back_unchanged` BEFORE UPDATE ON `recall_answer_taken_back` BEGIN SELECT RAISE(ABORT, 'recall_answer_taken_back rows are never updated'); END;
