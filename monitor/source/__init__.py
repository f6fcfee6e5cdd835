"""What is read: pages, registers, the contract of a scraper; which sources there are, when each is due, how it does."""
