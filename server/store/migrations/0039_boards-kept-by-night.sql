CREATE TABLE `board_kept` (
	`board` text NOT NULL,
	`scope` text NOT NULL,
	`at` integer NOT NULL,
	`figures` text NOT NULL,
	PRIMARY KEY(`board`, `scope`)
);
--> statement-breakpoint
DROP INDEX `risk_score_order`;--> statement-breakpoint
DROP INDEX `risk_score_tier`;--> statement-breakpoint
CREATE INDEX `risk_score_first` ON `risk_score` (CASE tier WHEN 'at_once' THEN 0 WHEN 'by_date' THEN 1 ELSE 2 END,score DESC,`site_id`,`kind`,`tier`,`grade`);--> statement-breakpoint
CREATE INDEX `verdict_at` ON `verdict` (`at`);