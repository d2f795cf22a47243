"""What is measured: each function returns its measurements, floor and work in the same run."""
