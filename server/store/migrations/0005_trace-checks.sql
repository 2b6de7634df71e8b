DROP INDEX `lot_product`;--> statement-breakpoint
CREATE INDEX `lot_product` ON `lot` (`product_id`) WHERE product_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `event_voided` ON `event` (`voided_by`) WHERE voided_by IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sensor_reading_event` ON `sensor_reading` (`event_id`);--> statement-breakpoint
CREATE INDEX `site_name` ON `site` (`name`);