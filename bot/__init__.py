"""What touches the world: settings, storage, outbox, words, adapters, web, worker, command line."""
