"""The rules engine durable-rules decides rows and overrides; every value is worked out before, exactly."""
