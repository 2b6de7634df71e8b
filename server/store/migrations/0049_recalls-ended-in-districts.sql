ALTER TABLE `federated_answer` ADD `answer_id` integer;--> statement-breakpoint
ALTER TABLE `federated_answer` ADD `taken_back_at` integer;--> statement-breakpoint
ALTER TABLE `federated_recall` ADD `begun` integer;