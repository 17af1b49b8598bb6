"""Support applications: programmes as data, kinds of answers, eligibility, and the dialog as a pure state machine."""
