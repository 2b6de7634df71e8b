ALTER TABLE `camera` ADD `look_every_ms` integer;--> statement-breakpoint
CREATE INDEX `camera_tried` ON `camera` (`last_tried_at`,`removed_at`);--> statement-breakpoint
CREATE INDEX `camera_clock` ON `camera` (abs(stream ->> '$.clockOffsetMs'),`removed_at`);--> statement-breakpoint
CREATE INDEX `camera_demand` ON `camera` (`weight`,`sample_every_ms`,`removed_at`);