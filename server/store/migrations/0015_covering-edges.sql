DROP INDEX `edge_in_holding`;--> statement-breakpoint
CREATE INDEX `edge_in_holding` ON `edge_in` (`holding_id`,`at`,`event_id`,`strand`,`quantity`,`unit`,`role`,`voided_by`) WHERE voided_by IS NULL;--> statement-breakpoint
DROP INDEX `edge_out_holding`;--> statement-breakpoint
CREATE INDEX `edge_out_holding` ON `edge_out` (`holding_id`,`at`,`event_id`,`strand`,`quantity`,`unit`,`role`,`voided_by`) WHERE voided_by IS NULL;