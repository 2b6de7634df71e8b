CREATE TRIGGER `ledger_entry_no_update` BEFORE UPDATE ON `ledger_entry` BEGIN SELECT raise(ABORT, 'a ledger entry is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entry_no_delete` BEFORE DELETE ON `ledger_entry` BEGIN SELECT raise(ABORT, 'a ledger entry is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_node_no_update` BEFORE UPDATE ON `ledger_node` BEGIN SELECT raise(ABORT, 'a ledger node is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_node_no_delete` BEFORE DELETE ON `ledger_node` BEGIN SELECT raise(ABORT, 'a ledger node is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_checkpoint_no_update` BEFORE UPDATE ON `ledger_checkpoint` BEGIN SELECT raise(ABORT, 'a checkpoint is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_checkpoint_no_delete` BEFORE DELETE ON `ledger_checkpoint` BEGIN SELECT raise(ABORT, 'a checkpoint is never deleted'); END;
