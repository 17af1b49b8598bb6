"""What must reach whom, and did it: a ledger of messages and the sender that works it off."""
