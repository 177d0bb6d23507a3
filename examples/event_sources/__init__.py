"""Where the example events come from: one module for each kind of system."""
