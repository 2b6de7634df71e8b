ALTER TABLE `recall_plan` ADD `grade` integer;--> statement-breakpoint
ALTER TABLE `recall` ADD `grade` integer;