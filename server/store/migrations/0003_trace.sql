CREATE TABLE `biz_transaction` (
	`transaction_id` text NOT NULL,
	`event_id` integer NOT NULL,
	`type` text NOT NULL,
	PRIMARY KEY(`transaction_id`, `event_id`, `type`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `biz_transaction_event` ON `biz_transaction` (`event_id`);--> statement-breakpoint
CREATE TABLE `certificate` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`number` text NOT NULL,
	`issuer` text,
	`issued_at` integer,
	`expires_at` integer,
	`uri` text,
	`file_hash` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_number` ON `certificate` (`kind`,`number`);--> statement-breakpoint
CREATE TABLE `container_change` (
	`container_id` integer NOT NULL,
	`at` integer NOT NULL,
	`event_id` integer NOT NULL,
	`child_id` integer NOT NULL,
	`change` text NOT NULL,
	`quantity` real,
	`unit` text,
	PRIMARY KEY(`container_id`, `at`, `event_id`, `child_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `container_change_child` ON `container_change` (`child_id`,`at`);--> statement-breakpoint
CREATE TABLE `edge_in` (
	`event_id` integer NOT NULL,
	`strand` integer NOT NULL,
	`holding_id` integer NOT NULL,
	`turn` integer NOT NULL,
	`at` integer NOT NULL,
	`quantity` real,
	`unit` text,
	`role` integer NOT NULL,
	`voided_by` integer,
	PRIMARY KEY(`event_id`, `strand`, `holding_id`, `turn`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `edge_in_holding` ON `edge_in` (`holding_id`,`at`,`event_id`,`strand`) WHERE voided_by IS NULL;--> statement-breakpoint
CREATE TABLE `edge_out` (
	`event_id` integer NOT NULL,
	`strand` integer NOT NULL,
	`holding_id` integer NOT NULL,
	`turn` integer NOT NULL,
	`at` integer NOT NULL,
	`quantity` real,
	`unit` text,
	`role` integer NOT NULL,
	`voided_by` integer,
	PRIMARY KEY(`event_id`, `strand`, `holding_id`, `turn`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `edge_out_holding` ON `edge_out` (`holding_id`,`at`,`event_id`,`strand`) WHERE voided_by IS NULL;--> statement-breakpoint
CREATE TABLE `event_document` (
	`id` integer PRIMARY KEY NOT NULL,
	`capture_id` text NOT NULL,
	`sha256` text NOT NULL,
	`media_type` text NOT NULL,
	`byte_count` integer NOT NULL,
	`bytes` blob,
	`account_id` integer,
	`received_at` integer NOT NULL,
	`on_error` text NOT NULL,
	`accepted` integer NOT NULL,
	`refused` integer NOT NULL,
	`duplicate` integer NOT NULL,
	`warned` integer NOT NULL,
	`faults` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_document_capture_id_unique` ON `event_document` (`capture_id`);--> statement-breakpoint
CREATE INDEX `event_document_account` ON `event_document` (`account_id`,`received_at`);--> statement-breakpoint
CREATE TABLE `event_context` (
	`id` integer PRIMARY KEY NOT NULL,
	`json` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_context_json_unique` ON `event_context` (`json`);--> statement-breakpoint
CREATE TABLE `event` (
	`id` integer PRIMARY KEY NOT NULL,
	`hash` blob NOT NULL,
	`declared_at` integer DEFAULT 0 NOT NULL,
	`uri` text,
	`kind` text NOT NULL,
	`action` text,
	`biz_step` text,
	`disposition` text,
	`at` integer NOT NULL,
	`zone_minutes` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`read_point_key` integer,
	`biz_location_key` integer,
	`document_id` integer NOT NULL,
	`context_id` integer NOT NULL,
	`position` integer NOT NULL,
	`voided_by` integer,
	`json` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_hash` ON `event` (`hash`,`declared_at`);--> statement-breakpoint
CREATE INDEX `event_uri` ON `event` (`uri`) WHERE uri IS NOT NULL;--> statement-breakpoint
CREATE INDEX `event_declaration` ON `event` (`uri`,`hash`) WHERE declared_at > 0;--> statement-breakpoint
CREATE INDEX `event_at` ON `event` (`at`);--> statement-breakpoint
CREATE INDEX `event_biz_location` ON `event` (`biz_location_key`,`at`) WHERE biz_location_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `event_document_position` ON `event` (`document_id`,`position`);--> statement-breakpoint
CREATE TABLE `excursion` (
	`id` integer PRIMARY KEY NOT NULL,
	`lot_id` integer NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`worst_c` real NOT NULL,
	`site_key` integer,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `excursion_lot` ON `excursion` (`lot_id`,`from_at`);--> statement-breakpoint
CREATE TABLE `finding` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`lot_id` integer,
	`site_key` integer,
	`event_id` integer,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `finding_subject_unique` ON `finding` (`subject`);--> statement-breakpoint
CREATE INDEX `finding_site` ON `finding` (`site_key`,`at`);--> statement-breakpoint
CREATE INDEX `finding_lot` ON `finding` (`lot_id`);--> statement-breakpoint
CREATE INDEX `finding_open` ON `finding` (`kind`,`at`) WHERE closed_at IS NULL;--> statement-breakpoint
CREATE TABLE `holding` (
	`id` integer PRIMARY KEY NOT NULL,
	`lot_id` integer NOT NULL,
	`site_key` integer NOT NULL,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`site_key`) REFERENCES `site`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `holding_lot_site` ON `holding` (`lot_id`,`site_key`);--> statement-breakpoint
CREATE INDEX `holding_site` ON `holding` (`site_key`);--> statement-breakpoint
CREATE TABLE `lab_test` (
	`id` integer PRIMARY KEY NOT NULL,
	`lot_id` integer NOT NULL,
	`subject` text NOT NULL,
	`result` text NOT NULL,
	`detail` text,
	`laboratory` text,
	`tested_at` integer NOT NULL,
	`file_hash` text,
	`account_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lab_test_lot` ON `lab_test` (`lot_id`);--> statement-breakpoint
CREATE TABLE `lot_alias` (
	`alias` text PRIMARY KEY NOT NULL,
	`lot_id` integer NOT NULL,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `lot_alias_lot` ON `lot_alias` (`lot_id`);--> statement-breakpoint
CREATE TABLE `lot_certificate` (
	`lot_id` integer NOT NULL,
	`certificate_id` integer NOT NULL,
	PRIMARY KEY(`lot_id`, `certificate_id`),
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`certificate_id`) REFERENCES `certificate`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `lot_hold` (
	`id` integer PRIMARY KEY NOT NULL,
	`lot_id` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`lab_test_id` integer,
	`account_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lot_hold_lot` ON `lot_hold` (`lot_id`,`id`);--> statement-breakpoint
CREATE TABLE `lot` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`kind` text NOT NULL,
	`gtin` text,
	`batch` text,
	`serial` text,
	`product_id` integer,
	`origin` text,
	`origin_batch` text,
	`produced_at` integer,
	`expires_at` integer,
	`status` text DEFAULT 'ok' NOT NULL,
	`is_container` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`product_id`) REFERENCES `product`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lot_code_unique` ON `lot` (`code`);--> statement-breakpoint
CREATE INDEX `lot_batch` ON `lot` (`batch`);--> statement-breakpoint
CREATE INDEX `lot_gtin` ON `lot` (`gtin`);--> statement-breakpoint
CREATE INDEX `lot_product` ON `lot` (`product_id`);--> statement-breakpoint
CREATE INDEX `lot_expiry` ON `lot` (`expires_at`) WHERE expires_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `lot_status` ON `lot` (`status`) WHERE status <> 'ok';--> statement-breakpoint
CREATE TABLE `mention` (
	`lot_id` integer NOT NULL,
	`at` integer NOT NULL,
	`event_id` integer NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`lot_id`, `at`, `event_id`, `role`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mention_event` ON `mention` (`event_id`);--> statement-breakpoint
CREATE TABLE `party` (
	`id` integer PRIMARY KEY NOT NULL,
	`gln` text,
	`name` text NOT NULL,
	`name_en` text,
	`licence` text,
	`phone` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `party_gln` ON `party` (`gln`);--> statement-breakpoint
CREATE UNIQUE INDEX `party_licence` ON `party` (`licence`);--> statement-breakpoint
CREATE TABLE `product` (
	`id` integer PRIMARY KEY NOT NULL,
	`gtin` text,
	`own_code` text,
	`name` text NOT NULL,
	`name_en` text,
	`variety` text,
	`unit` text,
	`factors` text DEFAULT '{}' NOT NULL,
	`cold_min_c` real,
	`cold_max_c` real,
	`shelf_life_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `product_gtin` ON `product` (`gtin`);--> statement-breakpoint
CREATE UNIQUE INDEX `product_own_code` ON `product` (`own_code`);--> statement-breakpoint
CREATE TABLE `recall_answer` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` integer NOT NULL,
	`lot_id` integer NOT NULL,
	`action` text NOT NULL,
	`quantity` real,
	`unit` text,
	`photo_hash` text,
	`note` text,
	`account_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `recall_notice`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `recall_answer_notice` ON `recall_answer` (`notice_id`);--> statement-breakpoint
CREATE TABLE `recall_notice` (
	`id` integer PRIMARY KEY NOT NULL,
	`recall_id` integer NOT NULL,
	`site_key` integer NOT NULL,
	`state` text NOT NULL,
	`issue` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`seen_at` integer,
	`answered_at` integer,
	`reminded_at` integer,
	`reminders` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`recall_id`) REFERENCES `recall`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`site_key`) REFERENCES `site`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recall_notice_site` ON `recall_notice` (`recall_id`,`site_key`);--> statement-breakpoint
CREATE INDEX `recall_notice_of_site` ON `recall_notice` (`site_key`,`state`);--> statement-breakpoint
CREATE TABLE `recall_scope` (
	`recall_id` integer NOT NULL,
	`holding_id` integer NOT NULL,
	`issue` integer NOT NULL,
	`lot_id` integer NOT NULL,
	`site_key` integer NOT NULL,
	`scope` text NOT NULL,
	`depth` integer NOT NULL,
	`reached_at` integer NOT NULL,
	`received` real,
	`on_hand` real,
	`share` real,
	`unit` text,
	PRIMARY KEY(`recall_id`, `holding_id`, `issue`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `recall_scope_lot` ON `recall_scope` (`lot_id`);--> statement-breakpoint
CREATE INDEX `recall_scope_holding` ON `recall_scope` (`holding_id`);--> statement-breakpoint
CREATE INDEX `recall_scope_site` ON `recall_scope` (`site_key`,`recall_id`);--> statement-breakpoint
CREATE TABLE `recall` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_id` text NOT NULL,
	`lot_id` integer NOT NULL,
	`reason` text NOT NULL,
	`reason_en` text,
	`advice` text,
	`advice_en` text,
	`state` text NOT NULL,
	`account_id` integer,
	`started_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`closed_at` integer,
	`closing_note` text,
	`issues` integer NOT NULL,
	`truncated` integer NOT NULL,
	FOREIGN KEY (`lot_id`) REFERENCES `lot`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recall_public_id_unique` ON `recall` (`public_id`);--> statement-breakpoint
CREATE INDEX `recall_lot` ON `recall` (`lot_id`);--> statement-breakpoint
CREATE INDEX `recall_state` ON `recall` (`state`,`started_at`);--> statement-breakpoint
CREATE TABLE `sensor_reading` (
	`lot_id` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`event_id` integer NOT NULL,
	`value` real NOT NULL,
	`min_value` real NOT NULL,
	`max_value` real NOT NULL,
	`unit` text,
	`device` text,
	PRIMARY KEY(`lot_id`, `type`, `at`, `event_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `site` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`party_id` integer,
	`name` text,
	`name_en` text,
	`kind` text,
	`address` text,
	`address_en` text,
	`phone` text,
	FOREIGN KEY (`party_id`) REFERENCES `party`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `site_id_unique` ON `site` (`id`);--> statement-breakpoint
CREATE INDEX `site_party` ON `site` (`party_id`);--> statement-breakpoint
CREATE TABLE `trace_mark` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
-- The places that are no place: not said, between two sites, inside a running process.
INSERT INTO `site` (`key`, `id`, `name`, `name_en`, `kind`) VALUES (1, 'unknown', '未说明', 'not said', 'none'), (2, 'transit', '在途', 'in transit', 'none'), (3, 'process', '加工中', 'in process', 'none');
--> statement-breakpoint
-- What was captured stays as it was captured; the one exception is being voided, once.
CREATE TRIGGER `event_kept` BEFORE DELETE ON `event` BEGIN SELECT RAISE(ABORT, 'event rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `event_unchanged` BEFORE UPDATE OF `id`, `hash`, `declared_at`, `uri`, `kind`, `action`, `biz_step`, `disposition`, `at`, `zone_minutes`, `recorded_at`, `read_point_key`, `biz_location_key`, `document_id`, `context_id`, `position`, `json` ON `event` BEGIN SELECT RAISE(ABORT, 'event rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `event_voided_once` BEFORE UPDATE OF `voided_by` ON `event` WHEN OLD.`voided_by` IS NOT NULL OR NEW.`voided_by` IS NULL BEGIN SELECT RAISE(ABORT, 'event rows are voided once'); END;
--> statement-breakpoint
-- What was captured stays as it was captured; the one exception is being voided, once.
CREATE TRIGGER `edge_in_kept` BEFORE DELETE ON `edge_in` BEGIN SELECT RAISE(ABORT, 'edge_in rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `edge_in_unchanged` BEFORE UPDATE OF `event_id`, `strand`, `holding_id`, `turn`, `at`, `quantity`, `unit`, `role` ON `edge_in` BEGIN SELECT RAISE(ABORT, 'edge_in rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `edge_in_voided_once` BEFORE UPDATE OF `voided_by` ON `edge_in` WHEN OLD.`voided_by` IS NOT NULL OR NEW.`voided_by` IS NULL BEGIN SELECT RAISE(ABORT, 'edge_in rows are voided once'); END;
--> statement-breakpoint
-- What was captured stays as it was captured; the one exception is being voided, once.
CREATE TRIGGER `edge_out_kept` BEFORE DELETE ON `edge_out` BEGIN SELECT RAISE(ABORT, 'edge_out rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `edge_out_unchanged` BEFORE UPDATE OF `event_id`, `strand`, `holding_id`, `turn`, `at`, `quantity`, `unit`, `role` ON `edge_out` BEGIN SELECT RAISE(ABORT, 'edge_out rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `edge_out_voided_once` BEFORE UPDATE OF `voided_by` ON `edge_out` WHEN OLD.`voided_by` IS NOT NULL OR NEW.`voided_by` IS NULL BEGIN SELECT RAISE(ABORT, 'edge_out rows are voided once'); END;
--> statement-breakpoint
CREATE TRIGGER `event_document_kept` BEFORE DELETE ON `event_document` BEGIN SELECT RAISE(ABORT, 'event_document rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `event_document_unchanged` BEFORE UPDATE ON `event_document` BEGIN SELECT RAISE(ABORT, 'event_document rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `container_change_kept` BEFORE DELETE ON `container_change` BEGIN SELECT RAISE(ABORT, 'container_change rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `container_change_unchanged` BEFORE UPDATE ON `container_change` BEGIN SELECT RAISE(ABORT, 'container_change rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `mention_kept` BEFORE DELETE ON `mention` BEGIN SELECT RAISE(ABORT, 'mention rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `mention_unchanged` BEFORE UPDATE ON `mention` BEGIN SELECT RAISE(ABORT, 'mention rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `recall_scope_kept` BEFORE DELETE ON `recall_scope` BEGIN SELECT RAISE(ABORT, 'recall_scope rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `recall_scope_unchanged` BEFORE UPDATE ON `recall_scope` BEGIN SELECT RAISE(ABORT, 'recall_scope rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `recall_answer_kept` BEFORE DELETE ON `recall_answer` BEGIN SELECT RAISE(ABORT, 'recall_answer rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `recall_answer_unchanged` BEFORE UPDATE ON `recall_answer` BEGIN SELECT RAISE(ABORT, 'recall_answer rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `lot_hold_kept` BEFORE DELETE ON `lot_hold` BEGIN SELECT RAISE(ABORT, 'lot_hold rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `lot_hold_unchanged` BEFORE UPDATE ON `lot_hold` BEGIN SELECT RAISE(ABORT, 'lot_hold rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `lab_test_kept` BEFORE DELETE ON `lab_test` BEGIN SELECT RAISE(ABORT, 'lab_test rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `lab_test_unchanged` BEFORE UPDATE ON `lab_test` BEGIN SELECT RAISE(ABORT, 'lab_test rows are never updated'); END;
