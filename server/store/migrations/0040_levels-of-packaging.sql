ALTER TABLE `product` ADD `unit_gtin` text;--> statement-breakpoint
CREATE INDEX `product_unit_gtin` ON `product` (`unit_gtin`);