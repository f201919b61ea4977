"""The MSP's own set-up."""
