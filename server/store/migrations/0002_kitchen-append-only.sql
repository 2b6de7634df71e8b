-- Verdicts, order steps, score events, camera events and openings of pictures are facts: a correction is another row.
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER order_step_no_update BEFORE UPDATE ON order_step BEGIN SELECT RAISE(ABORT, 'order steps are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER order_step_no_delete BEFORE DELETE ON order_step BEGIN SELECT RAISE(ABORT, 'order steps are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER score_event_no_update BEFORE UPDATE ON score_event BEGIN SELECT RAISE(ABORT, 'score events are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER score_event_no_delete BEFORE DELETE ON score_event BEGIN SELECT RAISE(ABORT, 'score events are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER camera_event_no_update BEFORE UPDATE ON camera_event BEGIN SELECT RAISE(ABORT, 'camera events are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER camera_event_no_delete BEFORE DELETE ON camera_event BEGIN SELECT RAISE(ABORT, 'camera events are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER picture_opening_no_update BEFORE UPDATE ON picture_opening BEGIN SELECT RAISE(ABORT, 'openings of pictures are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER picture_opening_no_delete BEFORE DELETE ON picture_opening BEGIN SELECT RAISE(ABORT, 'openings of pictures are append-only'); END;
