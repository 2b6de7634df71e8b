CREATE TABLE `flag_sight` (
	`flag_id` integer NOT NULL,
	`by` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`flag_id`, `by`),
	FOREIGN KEY (`flag_id`) REFERENCES `flag`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `stored_picture` (
	`hash` text PRIMARY KEY NOT NULL,
	`look` text,
	`heads` text NOT NULL,
	`packs` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `camera_last_frame` ON `camera` (`last_frame_hash`);--> statement-breakpoint
-- An empty list was written for pictures that nobody had looked at too: only heads that were found say that somebody did.
INSERT INTO stored_picture (hash, look, heads, packs, at)
  SELECT hash, iif(max(json_array_length(heads)) > 0, 'frame', NULL),
    (SELECT q.heads FROM picture q WHERE q.hash = p.hash ORDER BY json_array_length(q.heads) DESC LIMIT 1), '[]', min(at)
  FROM picture p WHERE gone_at IS NULL GROUP BY hash;
--> statement-breakpoint
INSERT OR IGNORE INTO stored_picture (hash, look, heads, packs, at)
  SELECT photo_hash, NULL, '[]', '[]', at FROM complaint WHERE photo_hash IS NOT NULL;
--> statement-breakpoint
INSERT OR IGNORE INTO stored_picture (hash, look, heads, packs, at)
  SELECT photo_hash, NULL, '[]', '[]', at FROM recall_answer WHERE photo_hash IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER flag_sight_no_update BEFORE UPDATE ON flag_sight BEGIN SELECT RAISE(ABORT, 'sights of flags are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER flag_sight_no_delete BEFORE DELETE ON flag_sight BEGIN SELECT RAISE(ABORT, 'sights of flags are append-only'); END;
--> statement-breakpoint
ALTER TABLE `picture` DROP COLUMN `heads`;
