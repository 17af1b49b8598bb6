"""One file a platform: reads its updates into `Incoming`, draws `Outgoing`."""
