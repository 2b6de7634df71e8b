DROP INDEX `flag_queue_kitchen`;--> statement-breakpoint
CREATE INDEX `flag_blind` ON `flag` (`at`,`restaurant_id`,`violation`) WHERE second = 'wanted' AND status IN ('confirmed', 'cleared');--> statement-breakpoint
CREATE INDEX `flag_queue_kitchen` ON `flag` (`status`,`restaurant_id`,`at`,`violation`);