"""What checks and refusals found, in sentences for who reads them."""
