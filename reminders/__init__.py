"""Given windows, rules and subscriptions: what is due to whom."""
