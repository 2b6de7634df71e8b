INSERT INTO `premises` (`site_id`, `latitude`, `longitude`, `dine_in`, `account_id`, `at`)
SELECT `site_id`, `lat`, `lon`, 1, coalesce(`by`, 0), `at` FROM `site_position` WHERE true ON CONFLICT DO NOTHING;
--> statement-breakpoint
DROP TABLE `site_position`;
