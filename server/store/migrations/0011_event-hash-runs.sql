DROP INDEX `event_hash`;--> statement-breakpoint
DROP INDEX `event_at`;--> statement-breakpoint
CREATE INDEX `event_hash` ON `event` (id / 16384,`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `event_at` ON `event` (`at`,`hash`,`declared_at`);